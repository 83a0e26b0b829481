package dev.quittance.localstack.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.openapi.Endpoints.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A service's OpenAPI document. What the framework generates of it is completed here by what the framework cannot know: which
 * problems each operation may answer with. The result is committed below {@code docs/openapi}.
 */
public final class OpenApiDocument {
    /** Set where the committed documents are to be written anew instead of being compared. */
    public static final String RENEW = "quittance.openapi.renew";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final ObjectNode root;

    private OpenApiDocument(ObjectNode root) {
        this.root = root;
    }

    /**
     * The document of the code as it is now.
     *
     * @param generated where the framework serves what it generates
     * @param classes where the service's classes lie
     */
    public static OpenApiDocument generate(URI generated, Path classes, ProblemStyle style) {
        OpenApiDocument document = new OpenApiDocument(parse(fetch(generated)));
        document.complete(Endpoints.read(classes, style), style);
        return document;
    }

    /** The document that is committed. */
    public static OpenApiDocument committed(Path repository, String service) {
        try {
            return new OpenApiDocument(parse(Files.readString(file(repository, service))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares it with the committed one, or writes that where {@link #RENEW} is set. */
    public void compare(Path repository, String service) {
        Path file = file(repository, service);
        try {
            if (Boolean.getBoolean(RENEW)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text());
                return;
            }
            String committed = Files.exists(file) ? Files.readString(file) : "";
            if (!committed.equals(text())) {
                throw new AssertionError("docs/openapi/" + service + ".json is not what the code says; first in\n"
                        + difference(committed)
                        + "\nRenew it, look at what changed and commit it: ./quittance openapi");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> entry.getValue().has("operationId"))
                        .forEach(entry -> operations.add(new Operation(
                                root, path.getKey(), entry.getKey().toUpperCase(Locale.ROOT), entry.getValue()))));
        return operations;
    }

    private void complete(Map<String, Endpoint> endpoints, ProblemStyle style) {
        Set<String> left = new TreeSet<>(endpoints.keySet());
        for (Operation operation : operations()) {
            @Nullable Endpoint endpoint = endpoints.get(operation.id());
            if (endpoint == null) {
                throw new AssertionError("no endpoint is " + operation.id());
            }
            left.remove(operation.id());
            Set<ProblemCode> problems = new TreeSet<>(endpoint.problems());
            problems.addAll(style.always());
            ObjectNode json = (ObjectNode) operation.json();
            if (!endpoint.roles().isEmpty()) {
                problems.addAll(style.secured());
                endpoint.roles().forEach(json.putArray("x-roles")::add);
            }
            if (operation.hasBody()) {
                problems.addAll(style.withBody());
                describe(
                        operation,
                        endpoint.body()
                                .orElseThrow(() -> new AssertionError(
                                        operation.id() + " takes a body of which nothing is said: see Takes")),
                        endpoint.words());
            }
            if (operation.isTyped()) {
                problems.addAll(style.typed());
            }
            answers(json.withObject("/responses"), problems);
        }
        if (!left.isEmpty()) {
            throw new AssertionError("not in the document: " + left);
        }
        // Where it is served is the deployment's affair.
        root.remove("servers");
        problemSchema(root.withObject("/components/schemas/Problem"));
    }

    /** What the body may have; every name must be one that the code knows. */
    private static void describe(Operation operation, TakenBody body, Set<String> words) {
        Set<String> unread = new TreeSet<>(body.names());
        unread.removeAll(words);
        if (!unread.isEmpty()) {
            throw new AssertionError(operation.id() + " reads no " + unread);
        }
        String type = operation.bodyType();
        ObjectNode content = ((ObjectNode) operation.json()).withObject("/requestBody/content");
        content.removeAll();
        ObjectNode described = content.putObject(type);
        described.set("schema", body.schema());
        if (body.example() != null) {
            described.set("example", body.example());
        }
    }

    /** What is answered alike stands once, under its codes. */
    private void answers(ObjectNode responses, Collection<ProblemCode> problems) {
        Map<Integer, List<String>> byStatus = new TreeMap<>();
        problems.forEach(problem -> byStatus.computeIfAbsent(problem.status(), _ -> new ArrayList<>())
                .add(problem.code()));
        byStatus.forEach((status, codes) -> {
            String name = status + "_" + String.join("_", codes).replaceAll("[^A-Za-z0-9_]", "");
            ObjectNode response = root.withObject("/components/responses/" + name);
            response.removeAll();
            response.put("description", String.join(", ", codes));
            ObjectNode schema = response.putObject("content")
                    .putObject("application/problem+json")
                    .putObject("schema");
            schema.putArray("allOf").addObject().put("$ref", "#/components/schemas/Problem");
            codes.forEach(schema.putObject("properties")
                    .putObject("code")
                    .put("type", "string")
                    .putArray("enum")::add);
            responses.putObject(Integer.toString(status)).put("$ref", "#/components/responses/" + name);
        });
    }

    private static void problemSchema(ObjectNode schema) {
        schema.removeAll();
        schema.put("description", "RFC 9457. A client may rely on the code and the status; the rest is for people.");
        schema.put("type", "object");
        schema.putArray("required").add("type").add("title").add("status").add("code");
        ObjectNode properties = schema.putObject("properties");
        for (String name : List.of("type", "title", "detail", "code")) {
            properties.putObject(name).put("type", "string");
        }
        properties.putObject("status").put("type", "integer");
    }

    private String text() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        try {
            // By way of maps, which have an order of their own.
            return JSON.writer(printer).writeValueAsString(JSON.treeToValue(root, Object.class)) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String difference(String committed) {
        List<String> before = committed.lines().toList();
        List<String> now = text().lines().toList();
        int line = 0;
        while (line < before.size() && line < now.size() && before.get(line).equals(now.get(line))) {
            line++;
        }
        return "line " + (line + 1) + "\n- " + (line < before.size() ? before.get(line) : "") + "\n+ "
                + (line < now.size() ? now.get(line) : "");
    }

    private static Path file(Path repository, String service) {
        return repository.resolve("docs").resolve("openapi").resolve(service + ".json");
    }

    private static ObjectNode parse(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fetch(URI address) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("no document, but status " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
