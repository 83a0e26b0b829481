package dev.quittance.ingest.caller;

import dev.quittance.ingest.problem.Problem;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What operators ask, read without trusting any of it: what makes no sense is a problem that names the parameter. */
public final class Asked {
    public static final int NAME_MAX = 255;
    public static final String NAMES = "^[A-Za-z0-9_.-]{1,255}$";
    private static final Pattern NAME = Pattern.compile(NAMES);

    private Asked() {}

    /** An id, a type or a name; null when it was not given. */
    public static @Nullable String name(@Nullable String text, String parameter) {
        if (text != null && !NAME.matcher(text).matches()) {
            throw invalid(parameter, " is not a name.");
        }
        return text;
    }

    public static @Nullable Instant time(@Nullable String text, String parameter) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException _) {
            throw invalid(parameter, " is not a time such as 2026-11-20T10:15:30Z.");
        }
    }

    public static long whole(@Nullable String text, String parameter, long otherwise, long max) {
        try {
            long number = text == null ? otherwise : Long.parseLong(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // As below.
        }
        throw invalid(parameter, " is not a number from 1 to " + max + ".");
    }

    /** The text under a name of a body; null when it is not there. */
    public static @Nullable String text(JsonObject body, String name) {
        Object value = body.getValue(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw invalid(name, " is not text.");
    }

    /** Whether a body says that nothing is to be left at a trial; what is neither true nor false is refused. */
    public static boolean isReal(JsonObject body) {
        Object value = body.getValue("dryRun");
        if (value == null || value instanceof Boolean) {
            return Boolean.FALSE.equals(value);
        }
        throw invalid("dryRun", " is not true or false.");
    }

    /** A body that is a JSON object. */
    public static JsonObject object(byte @Nullable [] body) {
        try {
            return new JsonObject(new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8));
        } catch (DecodeException | ClassCastException _) {
            // The parser's message would quote the body.
            throw Problem.badRequest("malformed_json", "The body is not a JSON object.")
                    .exception();
        }
    }

    private static jakarta.ws.rs.WebApplicationException invalid(String parameter, String what) {
        return Problem.badRequest("invalid_" + parameter, parameter + what).exception();
    }
}
