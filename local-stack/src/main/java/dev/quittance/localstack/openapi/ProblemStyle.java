package dev.quittance.localstack.openapi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a service writes its problems.
 *
 * @param packageName the service's own package, all below which is read
 * @param type the class that is a problem: an enum of them, or one that is made with status and code
 * @param statuses the status of each of the enum; empty where it is none
 * @param always what any endpoint may answer, such as that the database is away
 * @param secured what one may answer that needs a token
 * @param withBody what one may answer that takes a body
 * @param typed what one may answer whose parameters are not all texts
 */
public record ProblemStyle(
        String packageName,
        Class<?> type,
        Map<String, Integer> statuses,
        Set<ProblemCode> always,
        Set<ProblemCode> secured,
        Set<ProblemCode> withBody,
        Set<ProblemCode> typed) {
    public ProblemStyle {
        Objects.requireNonNull(packageName, "packageName is null");
        Objects.requireNonNull(type, "type is null");
        statuses = Map.copyOf(statuses);
        always = Set.copyOf(always);
        secured = Set.copyOf(secured);
        withBody = Set.copyOf(withBody);
        typed = Set.copyOf(typed);
    }

    boolean isEnum() {
        return !statuses.isEmpty();
    }

    /** As class files write it. */
    String typeName() {
        return type.getName().replace('.', '/');
    }

    List<String> packagePath() {
        return List.of(packageName.split("\\.", -1));
    }
}
