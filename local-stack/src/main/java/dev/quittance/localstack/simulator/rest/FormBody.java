package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code a[b][0][c]=d}, the form encoding in which Stripe's clients send nested parameters, into a tree of texts. */
public final class FormBody {
    public static final int FIELDS_MAX = 2_000;
    public static final int DEPTH_MAX = 8;

    private FormBody() {}

    public static ObjectNode parse(String body) {
        ObjectNode root = Shapes.empty();
        int fields = 0;
        for (String pair : body.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++fields > FIELDS_MAX) {
                throw StripeFailure.invalid("parameter_invalid", "body", "More than " + FIELDS_MAX + " parameters.");
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            put(root, path(name), equals < 0 ? "" : decode(pair.substring(equals + 1)), name);
        }
        root.properties().forEach(FormBody::makeLists);
        return root;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StripeFailure.invalid("parameter_invalid", "body", "The request's form encoding is broken.");
        }
    }

    private static List<String> path(String name) {
        List<String> path = new ArrayList<>();
        int open = name.indexOf('[');
        if (open <= 0) {
            return List.of(name);
        }
        path.add(name.substring(0, open));
        while (open >= 0) {
            int close = name.indexOf(']', open);
            if (close < 0 || path.size() >= DEPTH_MAX) {
                throw StripeFailure.invalid("parameter_invalid", name, "Invalid parameter name: " + name);
            }
            path.add(name.substring(open + 1, close));
            open = name.indexOf('[', close);
        }
        return path;
    }

    private static void put(ObjectNode root, List<String> path, String value, String name) {
        ObjectNode node = root;
        for (String step : path.subList(0, path.size() - 1)) {
            JsonNode child = node.get(key(node, step));
            if (child == null) {
                node = node.putObject(key(node, step));
            } else if (child instanceof ObjectNode object) {
                node = object;
            } else {
                throw StripeFailure.invalid("parameter_invalid", name, "Parameter given twice: " + name);
            }
        }
        node.put(key(node, path.getLast()), value);
    }

    /** {@code []} means "the next one". */
    private static String key(ObjectNode node, String step) {
        return step.isEmpty() ? Integer.toString(node.size()) : step;
    }

    private static void makeLists(Map.Entry<String, JsonNode> field) {
        if (field.getValue() instanceof ObjectNode object) {
            object.properties().forEach(FormBody::makeLists);
            // Metadata stays a map, also when its keys look like indices.
            if (!field.getKey().equals("metadata")) {
                field.setValue(asListIfNumbered(object));
            }
        }
    }

    /** An object whose keys are all numbers is a list; its order is that of the numbers, whatever order they came in. */
    private static JsonNode asListIfNumbered(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (!names.stream().allMatch(name -> name.matches("[0-9]{1,4}"))) {
            return object;
        }
        TreeMap<Integer, JsonNode> ordered = new TreeMap<>();
        names.forEach(name -> ordered.put(Integer.parseInt(name), object.get(name)));
        ArrayNode list = object.arrayNode();
        ordered.values().forEach(list::add);
        return list;
    }
}
