package dev.quittance.billing.caller;

import dev.quittance.billing.problem.Problem;
import dev.quittance.contracts.topic.Headers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** The user behind the request. Read only on resources whose annotation has let the request in. */
@RequestScoped
public class Caller {
    private static final int UUID_LENGTH = 36;
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,255}");

    private static final int SUBJECT_MAX = 255;
    private static final int EMAIL_MAX = 320;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;:\"]+@[^\\s@<>,;:\"]+");

    private final JsonWebToken token;
    private final HttpHeaders headers;

    Caller(JsonWebToken token, HttpHeaders headers) {
        this.token = token;
        this.headers = headers;
    }

    public UUID userId() {
        @Nullable String subject = token.getSubject();
        if (subject == null || subject.length() != UUID_LENGTH) {
            throw Problem.SUBJECT_NOT_A_USER.exception();
        }
        try {
            return UUID.fromString(subject);
        } catch (IllegalArgumentException _) {
            throw Problem.SUBJECT_NOT_A_USER.exception();
        }
    }

    /** The address in the token; null when there is none that could be one. */
    public @Nullable String email() {
        @Nullable Object claim = token.getClaim("email");
        return claim instanceof String email
                        && email.length() <= EMAIL_MAX
                        && EMAIL.matcher(email).matches()
                ? email
                : null;
    }

    /** The trace that the request is a part of, as it was sent. */
    public @Nullable String traceparent() {
        return headers.getHeaderString(Headers.TRACEPARENT);
    }

    /** Whoever it is, for the record: an operator need not be a user. */
    public String subject() {
        @Nullable String subject = token.getSubject();
        return subject == null || subject.isBlank() || subject.length() > SUBJECT_MAX ? "unnamed" : subject;
    }

    /** The key that came with a request that moves value. */
    public static String idempotencyKey(@Nullable String header) {
        if (header == null || header.isBlank()) {
            throw Problem.IDEMPOTENCY_KEY_MISSING.exception();
        }
        if (!IDEMPOTENCY_KEY.matcher(header).matches()) {
            throw Problem.IDEMPOTENCY_KEY_INVALID.exception();
        }
        return header;
    }
}
