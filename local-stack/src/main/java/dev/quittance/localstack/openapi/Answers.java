package dev.quittance.localstack.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds what a service answers against its committed document. */
public final class Answers {
    private static final int ERRORS = 400;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Documented> operations;

    private record Documented(Operation operation, Pattern path) {}

    /** By the document that is committed for the service. */
    public Answers(Path repository, String service) {
        operations = OpenApiDocument.committed(repository, service).operations().stream()
                // What is named stands before what is matched.
                .sorted(Comparator.comparing(
                                (Operation operation) -> operation.path().contains("{"))
                        .thenComparing(operation ->
                                -operation.path().replaceAll("\\{[^}]*}", "").length()))
                .map(operation -> new Documented(
                        operation, Pattern.compile(operation.path().replaceAll("\\{[^}]*}", "[^/]+"))))
                .toList();
    }

    /** Why this error is not one that the document names; empty for what is no error, and for paths that are nobody's. */
    public Optional<String> surprise(String verb, String path, int status, String body) {
        if (status < ERRORS) {
            return Optional.empty();
        }
        return operations.stream()
                .filter(documented -> documented.operation().verb().equals(verb)
                        && documented.path().matcher(path).matches())
                .findFirst()
                .map(Documented::operation)
                .flatMap(operation -> surprise(operation, status, body));
    }

    static Optional<String> surprise(Operation operation, int status, String body) {
        String code;
        try {
            code = Objects.requireNonNullElse(JSON.readTree(body).path("code").textValue(), "");
        } catch (JsonProcessingException _) {
            code = "";
        }
        String answered = code;
        boolean isNamed = operation.problems().stream()
                .anyMatch(problem -> problem.status() == status && isCode(problem.code(), answered));
        return isNamed
                ? Optional.empty()
                : Optional.of(operation.verb() + " " + operation.path() + " answers " + status + " " + answered
                        + ", which its document does not name");
    }

    /** What stands in braces is said by the request. */
    private static boolean isCode(String named, String answered) {
        return Pattern.matches(named.replaceAll("\\{[^}]*}", "[A-Za-z_-]+"), answered);
    }
}
