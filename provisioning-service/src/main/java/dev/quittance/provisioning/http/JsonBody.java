package dev.quittance.provisioning.http;

import static java.util.Objects.requireNonNull;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request's body, read so that whatever is sent gets a problem of ours. */
public final class JsonBody {
    /** Of a text, where nothing less is said. */
    public static final int TEXT_LENGTH_MAX = 1_000;

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final JsonObject json;

    private JsonBody(JsonObject json) {
        this.json = requireNonNull(json, "json is null");
    }

    public static JsonBody read(byte @Nullable [] body) {
        try {
            if (body != null && body.length > 0) {
                return new JsonBody(new JsonObject(Buffer.buffer(body)));
            }
        } catch (DecodeException | ClassCastException _) {
            // Answered below, like a body that is not there.
        }
        throw new Problem(400, "BODY_MALFORMED", "The body must be a JSON object.");
    }

    /** What it speaks of. */
    public Set<String> fields() {
        return json.fieldNames();
    }

    /** A text that must be there. */
    public String text(String field) {
        if (json.getValue(field) instanceof String text
                && !text.isBlank()
                && text.length() <= TEXT_LENGTH_MAX
                && text.indexOf('\0') < 0) {
            return text;
        }
        throw new Problem(400, "FIELD_INVALID", "The field " + field + " must be a text.");
    }

    public UUID uuid(String field) {
        String text = text(field);
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new Problem(400, "FIELD_INVALID", "The field " + field + " must be a UUID.");
        }
        return UUID.fromString(text);
    }
}
