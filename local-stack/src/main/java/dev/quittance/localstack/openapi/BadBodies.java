package dev.quittance.localstack.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Bodies that break a schema in one place each: what is required is not there, or a field is not what it is said to be. */
final class BadBodies {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Larger bodies are refused for being large. */
    private static final long LENGTH_MAX = 10_000;

    private BadBodies() {}

    /**
     * @param example a body that the schema allows
     */
    static List<String> of(JsonNode schema, JsonNode example) {
        return objects(schema, example).stream().map(JsonNode::toString).toList();
    }

    private static List<ObjectNode> objects(JsonNode schema, JsonNode example) {
        List<ObjectNode> bad = new ArrayList<>();
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        ObjectNode least = JSON.objectNode();
        example.properties().stream()
                .filter(field -> required.contains(field.getKey()))
                .forEach(field -> least.set(field.getKey(), field.getValue()));
        schema.path("properties").properties().forEach(property -> {
            String name = property.getKey();
            if (required.contains(name)) {
                ObjectNode without = least.deepCopy();
                without.remove(name);
                bad.add(without);
            }
            values(property.getValue(), example.path(name)).forEach(value -> {
                ObjectNode with = least.deepCopy();
                with.set(name, value);
                bad.add(with);
            });
        });
        return bad;
    }

    private static List<JsonNode> values(JsonNode schema, JsonNode example) {
        List<JsonNode> bad = new ArrayList<>(List.of(JSON.objectNode().put("a", 1)));
        switch (schema.path("type").asText()) {
            case "integer" -> {
                bad.add(JSON.numberNode(schema.path("minimum").longValue() - 1));
                bad.add(JSON.numberNode(schema.path("maximum").longValue() + 1));
                bad.add(JSON.numberNode(BigDecimal.valueOf(15, 1)));
                bad.add(JSON.textNode("many"));
            }
            case "boolean" -> bad.add(JSON.textNode("perhaps"));
            case "array" -> lists(schema, example, bad);
            default -> texts(schema, bad);
        }
        return bad;
    }

    private static void texts(JsonNode schema, List<JsonNode> bad) {
        if (schema.has("enum") || schema.has("format") || schema.has("pattern")) {
            bad.add(JSON.textNode("not : such / a ? word"));
        }
        if (schema.path("minLength").longValue() > 0) {
            bad.add(JSON.textNode(""));
        }
        long most = schema.path("maxLength").longValue();
        if (most > 0 && most < LENGTH_MAX) {
            bad.add(JSON.textNode("x".repeat((int) most + 1)));
        }
    }

    private static void lists(JsonNode schema, JsonNode example, List<JsonNode> bad) {
        ArrayNode tooMany = JSON.arrayNode();
        for (long i = 0; i <= schema.path("maxItems").longValue(); i++) {
            tooMany.add(example.path(0));
        }
        bad.add(tooMany);
        if (schema.path("minItems").longValue() > 0) {
            bad.add(JSON.arrayNode());
        }
        JsonNode items = schema.path("items");
        List<? extends JsonNode> inside = items.path("type").asText().equals("object")
                ? objects(items, example.path(0))
                : values(items, example.path(0));
        inside.forEach(one -> bad.add(JSON.arrayNode().add(one)));
    }
}
