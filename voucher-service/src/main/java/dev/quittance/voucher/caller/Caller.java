package dev.quittance.voucher.caller;

import io.quarkus.security.ForbiddenException;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** The user behind the request. Read only on resources whose annotation has let the request in. */
@RequestScoped
public class Caller {
    private static final int UUID_LENGTH = 36;

    private final JsonWebToken token;

    Caller(JsonWebToken token) {
        this.token = token;
    }

    /**
     * @throws ForbiddenException when the token is good but its subject is no user
     */
    public UUID userId() {
        @Nullable String subject = token.getSubject();
        if (subject == null || subject.length() != UUID_LENGTH) {
            throw new ForbiddenException();
        }
        try {
            return UUID.fromString(subject);
        } catch (IllegalArgumentException _) {
            throw new ForbiddenException();
        }
    }
}
