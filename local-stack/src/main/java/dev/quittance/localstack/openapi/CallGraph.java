package dev.quittance.localstack.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which problems a call of a method may end in: all that are named wherever it leads within the service. */
final class CallGraph {
    private static final int CLASSES_MAX = 10_000;

    private final ProblemStyle style;
    private final List<ClassModel> classes = new ArrayList<>();
    private final Map<MethodKey, MethodScan> methods = new HashMap<>();
    private final Map<String, List<String>> above = new HashMap<>();
    private final Map<String, Set<String>> below = new HashMap<>();
    private final Map<String, ProblemCode> fields = new HashMap<>();

    /**
     * @param root where the service's classes lie
     */
    CallGraph(Path root, ProblemStyle style) {
        this.style = style;
        Path folder = style.packagePath().stream().reduce(root, Path::resolve, (one, _) -> one);
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .limit(CLASSES_MAX)
                    .forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    List<ClassModel> classes() {
        return classes;
    }

    /**
     * What the methods that are reached from one name.
     *
     * @param words every text in them, and in the constants of their classes
     */
    record Reached(Set<ProblemCode> problems, Set<String> words) {}

    Reached reach(MethodKey start) {
        Set<ProblemCode> found = new TreeSet<>();
        Set<String> words = new HashSet<>();
        Set<MethodKey> seen = new HashSet<>(Set.of(start));
        Deque<MethodKey> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            MethodKey key = next.removeFirst();
            @Nullable MethodScan method = methods.get(key);
            if (method == null) {
                continue;
            }
            found.addAll(method.problems());
            words.addAll(method.words());
            @Nullable MethodScan constants = methods.get(new MethodKey(key.owner(), "<clinit>", "()V"));
            if (constants != null) {
                words.addAll(constants.words());
            }
            for (String field : method.fieldsRead()) {
                @Nullable ProblemCode problem = fields.get(field);
                if (problem != null) {
                    found.add(problem);
                }
            }
            for (MethodScan.Call call : method.calls()) {
                targets(call.callee()).filter(seen::add).forEach(next::add);
            }
        }
        return new Reached(found, words);
    }

    private void add(Path file) {
        ClassModel model;
        try {
            model = ClassFile.of().parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = model.thisClass().asInternalName();
        // An enum names all its problems in its own methods, and none of them answers with all.
        if (style.isEnum() && name.equals(style.typeName())) {
            return;
        }
        classes.add(model);
        List<String> parents = new ArrayList<>(
                model.interfaces().stream().map(ClassEntry::asInternalName).toList());
        model.superclass().map(ClassEntry::asInternalName).ifPresent(parents::add);
        above.put(name, parents);
        for (MethodModel method : model.methods()) {
            MethodScan scan = new MethodScan(style);
            method.code().ifPresent(scan::read);
            methods.put(key(model, method), scan);
            fields.putAll(scan.fieldsWritten());
        }
    }

    static MethodKey key(ClassModel owner, MethodModel method) {
        return new MethodKey(
                owner.thisClass().asInternalName(),
                method.methodName().stringValue(),
                method.methodType().stringValue());
    }

    /** Says what follows only from all of the classes: who is below whom, and which codes were said by callers. */
    private void close() {
        for (String name : above.keySet()) {
            ancestors(name)
                    .forEach(parent ->
                            below.computeIfAbsent(parent, _ -> new HashSet<>()).add(name));
        }
        methods.values().forEach(this::spell);
        boolean isMoving = true;
        while (isMoving) {
            isMoving = false;
            for (MethodScan method : methods.values()) {
                isMoving |= closeCalls(method);
            }
        }
    }

    private boolean closeCalls(MethodScan method) {
        boolean isMoving = false;
        for (MethodScan.Call call : method.calls()) {
            @Nullable MethodScan callee = methods.get(call.callee());
            @Nullable Integer status = callee == null ? null : callee.openStatus();
            if (status == null) {
                continue;
            }
            if (call.code().isPresent()) {
                for (String code : codes(call.code().get())) {
                    isMoving |= method.problems().add(new ProblemCode(status, code));
                }
            } else if (method.openStatus() == null) {
                method.leaveOpen(status);
                isMoving = true;
            }
        }
        return isMoving;
    }

    private void spell(MethodScan method) {
        for (ProblemCode problem : List.copyOf(method.problems())) {
            if (problem.code().startsWith(MethodScan.ANY_OF)) {
                method.problems().remove(problem);
                codes(problem.code()).forEach(code -> method.problems().add(new ProblemCode(problem.status(), code)));
            }
        }
    }

    /** The code itself, or all that an enum has: what in its constants is not a constant's name. */
    private Set<String> codes(String code) {
        if (!code.startsWith(MethodScan.ANY_OF)) {
            return Set.of(code);
        }
        @Nullable
        MethodScan constants =
                methods.get(new MethodKey(code.substring(MethodScan.ANY_OF.length()), "<clinit>", "()V"));
        Set<String> codes = new TreeSet<>();
        if (constants != null) {
            constants.words().stream()
                    .filter(word -> word.matches("[a-z][a-z0-9_]*"))
                    .forEach(codes::add);
        }
        return codes;
    }

    private Set<String> ancestors(String name) {
        Set<String> found = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(above.getOrDefault(name, List.of()));
        while (!next.isEmpty()) {
            String parent = next.removeFirst();
            if (found.add(parent)) {
                next.addAll(above.getOrDefault(parent, List.of()));
            }
        }
        return found;
    }

    /** The method itself, what it inherits it from, and what overrides it. */
    private Stream<MethodKey> targets(MethodKey called) {
        Set<String> owners = new HashSet<>(ancestors(called.owner()));
        owners.add(called.owner());
        owners.addAll(below.getOrDefault(called.owner(), Set.of()));
        return owners.stream()
                .map(owner -> new MethodKey(owner, called.name(), called.type()))
                .filter(methods::containsKey);
    }
}
