package dev.quittance.localstack.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks every operation of a document badly: without a token, with somebody else's, with no body, half a body, another kind of
 * body, bodies that break their schema, no key, a bad key, and with
 * parameters that are none. Whatever is refused is to be refused as the document says.
 */
public final class BadRequests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final ProblemCode BODY_TOO_LARGE = new ProblemCode(413, "BODY_TOO_LARGE");
    private static final int SERVER_ERROR = 500;
    private static final String KEY = "Idempotency-Key";
    private static final List<String> ROLES = List.of("authenticated", "operator");
    private static final List<String> BODIES = List.of("", "{", "[]", "{}", "{\"a\":1,\"a\":2}", "null");
    /** More than any service takes. */
    private static final String LARGE = "{\"a\":\"" + "x".repeat(600_000) + "\"}";

    private static final List<String> WORDS = List.of("%00", "-1", "0", "x%20y", "..%2f", "9".repeat(40));

    private final OpenApiDocument document;
    private final URI base;
    private final Function<String, String> tokens;

    /**
     * @param tokens makes a token of a role
     */
    public BadRequests(OpenApiDocument document, URI base, Function<String, String> tokens) {
        this.document = document;
        this.base = base;
        this.tokens = tokens;
    }

    /** One request, and what is wrong with it. */
    private record Attempt(
            Operation operation,
            String path,
            @Nullable String role,
            String type,
            String body,
            @Nullable String key) {
        @Override
        public String toString() {
            String shown = body.equals(LARGE) ? body.length() + " characters" : "'" + body + "'";
            return operation.verb() + " " + path + " as " + role + " with " + type + " " + shown + " under " + key;
        }
    }

    /** All answers that the document does not name; of how many. */
    public record Outcome(int asked, int refused, List<String> surprises) {
        public Outcome {
            surprises = List.copyOf(surprises);
        }
    }

    public Outcome ask() {
        List<String> surprises = new ArrayList<>();
        int asked = 0;
        int refused = 0;
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (Operation operation : document.operations()) {
                for (Attempt attempt : attempts(operation)) {
                    HttpResponse<String> answer = send(client, attempt);
                    asked++;
                    refused += answer.statusCode() >= BAD_REQUEST ? 1 : 0;
                    judge(attempt, answer, surprises);
                }
            }
        }
        return new Outcome(asked, refused, surprises);
    }

    private static void judge(Attempt attempt, HttpResponse<String> answer, List<String> surprises) {
        int status = answer.statusCode();
        if (status == SERVER_ERROR) {
            surprises.add(attempt + " broke it");
        } else if (status >= BAD_REQUEST) {
            Answers.surprise(attempt.operation(), status, answer.body())
                    .ifPresent(surprise -> surprises.add(surprise + " to " + attempt));
        }
        if (status != BODY_TOO_LARGE.status() && attempt.body().equals(LARGE)) {
            surprises.add(attempt + " is not too large: " + status);
        }
        if (status < BAD_REQUEST && attempt.operation().badBodies().contains(attempt.body())) {
            surprises.add(attempt + " is taken: " + status);
        }
        List<String> roles = attempt.operation().roles();
        if (!roles.isEmpty() && attempt.role() == null && status != UNAUTHENTICATED) {
            surprises.add(attempt + " needs no token: " + status);
        }
        if (!roles.isEmpty() && attempt.role() != null && !roles.contains(attempt.role()) && status != FORBIDDEN) {
            surprises.add(attempt + " is for everybody: " + status);
        }
    }

    private List<Attempt> attempts(Operation operation) {
        @Nullable
        String role = operation.roles().isEmpty() ? null : operation.roles().getFirst();
        String path = path(operation, Map.of());
        String json = operation.bodyType();
        List<Attempt> attempts = new ArrayList<>();
        if (role != null) {
            attempts.add(new Attempt(operation, path, null, json, "{}", "k"));
            ROLES.stream()
                    .filter(other -> !operation.roles().contains(other))
                    .forEach(other -> attempts.add(new Attempt(operation, path, other, json, "{}", "k")));
        }
        if (operation.isStream()) {
            return attempts;
        }
        for (String name : operation.parameters("path")) {
            WORDS.forEach(word ->
                    attempts.add(new Attempt(operation, path(operation, Map.of(name, word)), role, json, "{}", "k")));
        }
        for (String name : operation.parameters("query")) {
            WORDS.forEach(word ->
                    attempts.add(new Attempt(operation, path + "?" + name + "=" + word, role, json, "{}", "k")));
        }
        if (operation.hasBody()) {
            BODIES.forEach(body -> attempts.add(new Attempt(operation, path, role, json, body, fresh())));
            attempts.add(new Attempt(operation, path, role, "application/x-nothing", "{}", fresh()));
            if (operation.problems().contains(BODY_TOO_LARGE)) {
                attempts.add(new Attempt(operation, path, role, json, LARGE, fresh()));
            }
            operation
                    .badBodies()
                    .forEach(body -> attempts.add(new Attempt(operation, path, role, json, body, fresh())));
        }
        if (operation.parameters("header").contains(KEY)) {
            attempts.add(new Attempt(operation, path, role, json, "{}", null));
            attempts.add(new Attempt(operation, path, role, json, "{}", "k".repeat(300)));
        }
        return attempts;
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    /** Every parameter is an id of nothing, but for those that are given. */
    private static String path(Operation operation, Map<String, String> given) {
        String path = operation.path();
        for (String name : operation.parameters("path")) {
            path = path.replace("{" + name + "}", given.getOrDefault(name, operation.idOfNothing(name)));
        }
        return path;
    }

    private HttpResponse<String> send(HttpClient client, Attempt attempt) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(attempt.path())).timeout(PATIENCE);
        if (attempt.role() != null) {
            request.header("Authorization", "Bearer " + tokens.apply(attempt.role()));
        }
        if (attempt.key() != null) {
            request.header(KEY, attempt.key());
        }
        boolean hasBody = attempt.operation().hasBody();
        if (hasBody) {
            request.header("Content-Type", attempt.type());
        }
        request.method(
                attempt.operation().verb(),
                hasBody ? HttpRequest.BodyPublishers.ofString(attempt.body()) : HttpRequest.BodyPublishers.noBody());
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to " + attempt, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
