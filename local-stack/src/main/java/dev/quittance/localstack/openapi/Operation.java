package dev.quittance.localstack.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** An operation with all that is needed to call it. */
record Operation(JsonNode root, String path, String verb, JsonNode json) {
    String id() {
        return json.path("operationId").asText();
    }

    /** Whose tokens are taken; none where no token is needed. */
    List<String> roles() {
        List<String> roles = new ArrayList<>();
        json.path("x-roles").forEach(role -> roles.add(role.asText()));
        return roles;
    }

    boolean hasBody() {
        return json.has("requestBody");
    }

    String bodyType() {
        List<String> types = new ArrayList<>();
        json.at("/requestBody/content").fieldNames().forEachRemaining(types::add);
        return types.isEmpty() ? "application/json" : types.getFirst();
    }

    /** Bodies that break the schema of the one that it takes. */
    List<String> badBodies() {
        JsonNode body = json.at("/requestBody/content").path(bodyType());
        return body.has("example") ? BadBodies.of(body.path("schema"), body.path("example")) : List.of();
    }

    boolean isTyped() {
        for (JsonNode parameter : json.path("parameters")) {
            if (!parameter.at("/schema/type").asText("string").equals("string")
                    || parameter.at("/schema").has("pattern")) {
                return true;
            }
        }
        return false;
    }

    /** Whether it answers without an end. */
    boolean isStream() {
        return json.path("responses").path("200").path("content").has("text/event-stream");
    }

    List<String> parameters(String in) {
        List<String> names = new ArrayList<>();
        json.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals(in)) {
                names.add(parameter.path("name").asText());
            }
        });
        return names;
    }

    /** A value that the path takes, and that is nobody's. */
    String idOfNothing(String name) {
        for (JsonNode parameter : json.path("parameters")) {
            if (parameter.path("name").asText().equals(name)) {
                JsonNode schema = parameter.path("schema");
                String id = UUID.randomUUID().toString();
                boolean isNumber = schema.path("type").asText().equals("integer");
                return isNumber ? "9007199254740991" : schema.has("pattern") ? id.replace("-", "") : id;
            }
        }
        throw new IllegalArgumentException(name);
    }

    Set<ProblemCode> problems() {
        Set<ProblemCode> problems = new TreeSet<>();
        json.path("responses").properties().forEach(response -> {
            String shared = response.getValue().path("$ref").asText();
            JsonNode answer = shared.isEmpty() ? response.getValue() : root.at(shared.substring(1));
            answer.at("/content/application~1problem+json/schema/properties/code/enum")
                    .forEach(code -> problems.add(new ProblemCode(Integer.parseInt(response.getKey()), code.asText())));
        });
        return problems;
    }
}
