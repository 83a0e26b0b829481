package dev.quittance.billing.caller;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quittance.billing.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request's body, read without trusting any of it; what will not do is a problem that names the field, never its value. */
public final class JsonBody {
    /** Strict: two answers to how much is none, and half a piece is no piece. */
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    private static final int UUID_LENGTH = 36;

    private final JsonNode json;

    private JsonBody(JsonNode json) {
        this.json = json;
    }

    public static JsonBody read(byte @Nullable [] bytes) {
        try {
            JsonNode json = READER.readTree(bytes == null ? new byte[0] : bytes);
            if (json.isObject()) {
                return new JsonBody(json);
            }
        } catch (IOException _) {
            // The parser's message would quote the body.
        }
        throw Problem.BAD_REQUEST.exception("the body is not a JSON object");
    }

    /** A UUID as it stands in a path or a body. */
    public static UUID id(String name, @Nullable String text) {
        try {
            if (text != null && text.length() == UUID_LENGTH) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException _) {
            // Answered below.
        }
        throw Problem.BAD_REQUEST.exception(name + " is to be a UUID");
    }

    public boolean has(String name) {
        return json.hasNonNull(name);
    }

    public String text(String name, int max) {
        @Nullable String text = textOrNull(name, max);
        if (text == null) {
            throw Problem.BAD_REQUEST.exception(name + " is missing");
        }
        return text;
    }

    public @Nullable String textOrNull(String name, int max) {
        if (!has(name)) {
            return null;
        }
        JsonNode node = json.path(name);
        String text = node.isTextual() ? node.textValue() : "";
        // Postgres keeps no zero character.
        if (text.isBlank() || text.length() > max || text.indexOf('\0') >= 0) {
            throw Problem.BAD_REQUEST.exception(name + " is to be a text of 1 to " + max + " characters");
        }
        return text;
    }

    /** One of a few words. */
    public String word(String name, List<String> known) {
        String text = text(name, 40);
        if (!known.contains(text)) {
            throw Problem.BAD_REQUEST.exception(name + " is to be one of " + String.join(", ", known));
        }
        return text;
    }

    public long whole(String name, long min, long max) {
        @Nullable Long number = wholeOrNull(name, min, max);
        if (number == null) {
            throw Problem.BAD_REQUEST.exception(name + " is missing");
        }
        return number;
    }

    public @Nullable Long wholeOrNull(String name, long min, long max) {
        if (!has(name)) {
            return null;
        }
        JsonNode node = json.path(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            throw Problem.BAD_REQUEST.exception(name + " is to be a whole number from " + min + " to " + max);
        }
        return node.longValue();
    }

    public boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (!json.path(name).isBoolean()) {
            throw Problem.BAD_REQUEST.exception(name + " is to be true or false");
        }
        return json.path(name).booleanValue();
    }

    public UUID id(String name) {
        return id(name, json.path(name).textValue());
    }

    /** The objects of a list; empty where there is none. */
    public List<JsonBody> list(String name, int max) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode node = json.path(name);
        if (!node.isArray() || node.size() > max) {
            throw Problem.BAD_REQUEST.exception(name + " is to be a list of at most " + max);
        }
        List<JsonBody> bodies = new ArrayList<>(node.size());
        for (JsonNode one : node) {
            if (!one.isObject()) {
                throw Problem.BAD_REQUEST.exception(name + " is to be a list of objects");
            }
            bodies.add(new JsonBody(one));
        }
        return bodies;
    }
}
