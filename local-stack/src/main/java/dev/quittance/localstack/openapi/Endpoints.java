package dev.quittance.localstack.openapi;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The endpoints of a service, as its compiled classes have them. */
final class Endpoints {
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final String REST = "Ljakarta/ws/rs/";
    private static final String TAKES = "Ldev/quittance/foundation/body/Takes;";
    private static final String SECURITY = "Ljakarta/annotation/security/";

    private Endpoints() {}

    /**
     * @param roles whose tokens are taken; none where no token is needed
     * @param body what it says of the body that it takes
     * @param words every text that its code knows
     */
    record Endpoint(Set<String> roles, Set<ProblemCode> problems, Optional<TakenBody> body, Set<String> words) {}

    /** By the name that the document gives to the operation: class and method. */
    static Map<String, Endpoint> read(Path root, ProblemStyle style) {
        CallGraph calls = new CallGraph(root, style);
        Map<String, Endpoint> endpoints = new TreeMap<>();
        for (ClassModel owner : calls.classes()) {
            if (annotation(owner, REST + "Path;").isEmpty()) {
                continue;
            }
            String simple = owner.thisClass().asInternalName();
            for (MethodModel method : owner.methods()) {
                if (VERBS.stream()
                        .anyMatch(verb -> annotation(method, REST + verb + ";").isPresent())) {
                    CallGraph.Reached reached = calls.reach(CallGraph.key(owner, method));
                    endpoints.put(
                            simple.substring(simple.lastIndexOf('/') + 1) + "_"
                                    + method.methodName().stringValue(),
                            new Endpoint(roles(owner, method), reached.problems(), body(method), reached.words()));
                }
            }
        }
        return endpoints;
    }

    private static Set<String> roles(ClassModel owner, MethodModel method) {
        if (annotation(method, SECURITY + "PermitAll;").isPresent()) {
            return Set.of();
        }
        Set<String> roles = new TreeSet<>();
        annotation(method, SECURITY + "RolesAllowed;")
                .or(() -> annotation(owner, SECURITY + "RolesAllowed;"))
                .ifPresent(annotation -> annotation.elements().forEach(element -> add(element.value(), roles)));
        return roles;
    }

    private static Optional<TakenBody> body(MethodModel method) {
        return annotation(method, TAKES).map(TakenBody::of);
    }

    private static void add(AnnotationValue value, Set<String> roles) {
        if (value instanceof AnnotationValue.OfArray array) {
            array.values().forEach(one -> add(one, roles));
        } else if (value instanceof AnnotationValue.OfString role) {
            roles.add(role.stringValue());
        }
    }

    private static List<Annotation> annotations(AttributedElement element) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .map(found -> found.annotations())
                .orElse(List.of());
    }

    private static Optional<Annotation> annotation(AttributedElement element, String type) {
        return annotations(element).stream()
                .filter(annotation -> annotation.className().stringValue().equals(type))
                .findFirst();
    }
}
