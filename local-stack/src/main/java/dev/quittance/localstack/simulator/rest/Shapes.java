package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stripe's objects as they look when nothing is filled in, so that every field a real object has is there, also the null ones. */
public final class Shapes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ObjectNode> TEMPLATES = new ConcurrentHashMap<>();

    private Shapes() {}

    public static ObjectNode fresh(String object) {
        return TEMPLATES.computeIfAbsent(object, Shapes::load).deepCopy();
    }

    public static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    /** Indented by two, as Stripe sends it. */
    public static String pretty(ObjectNode node) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    public static ObjectNode read(String json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode node) {
                return node;
            }
            throw new IllegalArgumentException("not a JSON object");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static ObjectNode load(String object) {
        try (InputStream in = Shapes.class.getResourceAsStream("shape/" + object + ".json")) {
            if (in == null) {
                throw new IllegalStateException("no shape for " + object);
            }
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
