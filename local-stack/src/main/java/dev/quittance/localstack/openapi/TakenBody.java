package dev.quittance.localstack.openapi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says of the body that it takes, as a schema.
 *
 * @param names the fields that the endpoint's code is to know
 * @param example null where it is no JSON object of ours
 */
record TakenBody(ObjectNode schema, @Nullable JsonNode example, Set<String> names) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String LIST_OF = "[]";
    private static final String TEXT = "TEXT";

    TakenBody {
        requireNonNull(schema, "schema is null");
        names = Set.copyOf(names);
    }

    /** The annotation's elements, those that it leaves out as their defaults. */
    private record Said(Map<String, AnnotationValue> elements) {
        static Said of(Annotation annotation) {
            return new Said(annotation.elements().stream()
                    .collect(Collectors.toMap(element -> element.name().stringValue(), AnnotationElement::value)));
        }

        String text(String name) {
            return elements.get(name) instanceof AnnotationValue.OfString text ? text.stringValue() : "";
        }

        String kind() {
            return elements.get("kind") instanceof AnnotationValue.OfEnum one
                    ? one.constantName().stringValue()
                    : TEXT;
        }

        boolean flag(String name) {
            return elements.get(name) instanceof AnnotationValue.OfBoolean flag && flag.booleanValue();
        }

        long number(String name, long otherwise) {
            return switch (elements.get(name)) {
                case AnnotationValue.OfLong number -> number.longValue();
                case AnnotationValue.OfInt number -> number.intValue();
                case null, default -> otherwise;
            };
        }

        List<AnnotationValue> list(String name) {
            return elements.get(name) instanceof AnnotationValue.OfArray array ? array.values() : List.of();
        }
    }

    static TakenBody of(Annotation annotation) {
        Said said = Said.of(annotation);
        if (!said.text("raw").isEmpty()) {
            ObjectNode schema = JSON.objectNode()
                    .put("type", "string")
                    .put("format", "binary")
                    .put("description", said.text("raw"))
                    .put("maxLength", said.number("bytesMax", 0));
            return new TakenBody(schema, null, Set.of());
        }
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode example = JSON.objectNode();
        Set<String> names = new TreeSet<>();
        for (AnnotationValue field : said.list("value")) {
            Said one = Said.of(((AnnotationValue.OfAnnotation) field).annotation());
            place(schema, example, one.text("value"), one);
            names.addAll(List.of(one.text("value").replace(LIST_OF, "").split("\\.")));
        }
        if (names.isEmpty()) {
            throw new AssertionError("a body without fields");
        }
        return new TakenBody(schema, example, said.flag("byLibrary") ? Set.of() : names);
    }

    private static void place(ObjectNode schema, ObjectNode example, String path, Said field) {
        ObjectNode properties = schema.withObject("/properties");
        int list = path.indexOf(LIST_OF);
        if (list < 0) {
            properties.set(path, schema(field));
            example(field).ifPresent(value -> example.set(path, value));
            if (!field.flag("optional")) {
                schema.withArray("/required").add(path);
            }
            return;
        }
        String name = path.substring(0, list);
        ObjectNode whole = (ObjectNode) properties.path(name);
        ArrayNode some = example.withArray("/" + name);
        if (path.endsWith(LIST_OF)) {
            whole.set("items", schema(field));
            example(field).ifPresent(some::add);
            return;
        }
        ObjectNode item = some.isEmpty() ? some.addObject() : (ObjectNode) some.get(0);
        place(
                whole.withObject("/items").put("type", "object"),
                item,
                path.substring(list + LIST_OF.length() + 1),
                field);
    }

    private static ObjectNode schema(Said field) {
        ObjectNode schema = JSON.objectNode();
        long least = field.number("min", 1);
        long most = field.number("max", 0);
        boolean isBounded = switch (field.kind()) {
            case "FLAG" -> {
                schema.put("type", "boolean");
                yield true;
            }
            case "WHOLE" -> {
                schema.put("type", "integer").put("format", "int64");
                schema.put("minimum", least).put("maximum", most);
                yield most > 0;
            }
            case "LIST" -> {
                schema.put("type", "array");
                schema.put("minItems", least).put("maxItems", most);
                yield most > 0;
            }
            default -> text(schema, field, least, most);
        };
        if (!isBounded) {
            throw new AssertionError("no limit is said of " + field.text("value"));
        }
        return schema;
    }

    private static boolean text(ObjectNode schema, Said field, long least, long most) {
        schema.put("type", "string");
        List<AnnotationValue> words = new ArrayList<>(field.list("words"));
        if (!words.isEmpty()) {
            ArrayNode all = schema.putArray("enum");
            words.forEach(word -> all.add(((AnnotationValue.OfString) word).stringValue()));
            return true;
        }
        for (String name : List.of("format", "pattern")) {
            if (!field.text(name).isEmpty()) {
                schema.put(name, field.text(name));
            }
        }
        if (most > 0) {
            schema.put("minLength", least).put("maxLength", most);
        }
        return most > 0 || schema.has("format");
    }

    private static Optional<JsonNode> example(Said field) {
        String text = field.text("example");
        return switch (field.kind()) {
            case "FLAG" -> Optional.of(JSON.booleanNode(Boolean.parseBoolean(text)));
            case "WHOLE" -> Optional.of(JSON.numberNode(Long.parseLong(text)));
            case "LIST" -> Optional.empty();
            default ->
                Optional.of(JSON.textNode(
                        text.isEmpty()
                                ? ((AnnotationValue.OfString)
                                                field.list("words").getFirst())
                                        .stringValue()
                                : text));
        };
    }
}
