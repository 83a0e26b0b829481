package dev.quittance.billing.statement;

import dev.quittance.billing.problem.Problem;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may be asked for, read without trusting it. */
final class Request {
    static final int LIMIT_DEFAULT = 50;
    static final int LIMIT_MAX = 500;
    static final int EXPORT_MAX = 10_000;
    private static final Pattern UNIT = Pattern.compile("[A-Z]{3}|[a-z]{1,20}");
    private static final int UUID_LENGTH = 36;

    private Request() {}

    static String unit(@Nullable String text) {
        if (text == null || !UNIT.matcher(text).matches()) {
            throw Problem.BAD_REQUEST.exception("unit is to be points, credits or a currency");
        }
        return text;
    }

    static int limit(@Nullable String text, int otherwise, int most) {
        if (text == null) {
            return otherwise;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Answered as any other number that will not do.
        }
        throw Problem.BAD_REQUEST.exception("limit is to be from 1 to " + most);
    }

    static Instant instant(String name, @Nullable String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            throw Problem.BAD_REQUEST.exception(name + " is to be a time such as 2026-01-31T12:00:00Z");
        }
    }

    static UUID user(String text) {
        try {
            if (text.length() == UUID_LENGTH) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException _) {
            // Answered below.
        }
        throw Problem.BAD_REQUEST.exception("the user is to be a UUID");
    }
}
