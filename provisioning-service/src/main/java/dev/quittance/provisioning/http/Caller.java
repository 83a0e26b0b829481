package dev.quittance.provisioning.http;

import static java.util.Objects.requireNonNull;

import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who asks, as the verified token says. */
@RequestScoped
public class Caller {
    private final JsonWebToken token;

    Caller(JsonWebToken token) {
        this.token = requireNonNull(token, "token is null");
    }

    public UUID userId() {
        try {
            return UUID.fromString(token.getSubject());
        } catch (IllegalArgumentException | NullPointerException _) {
            throw new Problem(401, "SUBJECT_UNKNOWN", "The token's subject is not a user of ours.");
        }
    }
}
