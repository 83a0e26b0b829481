package dev.quittance.provisioning.http;

import dev.quittance.localstack.openapi.OpenApiCheck;
import dev.quittance.localstack.openapi.ProblemCode;
import dev.quittance.localstack.openapi.ProblemStyle;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The committed document is the code's, and says what is answered to whoever asks badly. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class OpenApiIT {
    private static final ProblemStyle STYLE = new ProblemStyle(
            "dev.quittance.provisioning",
            Problem.class,
            Map.of(),
            Set.of(new ProblemCode(500, "INTERNAL")),
            Set.of(
                    new ProblemCode(401, "UNAUTHENTICATED"),
                    new ProblemCode(401, "TOKEN_EXPIRED"),
                    new ProblemCode(403, "FORBIDDEN")),
            Set.of(
                    new ProblemCode(400, "BAD_REQUEST"),
                    new ProblemCode(411, "LENGTH_REQUIRED"),
                    new ProblemCode(413, "BODY_TOO_LARGE"),
                    new ProblemCode(415, "UNSUPPORTED_MEDIA_TYPE")),
            Set.of(new ProblemCode(404, "NOT_FOUND")));

    private static final OpenApiCheck DOCUMENT = new OpenApiCheck("provisioning-service", STYLE, OpenApiIT::token, 60);

    @Test
    void theCommittedDocumentIsTheCodes() {
        DOCUMENT.isTheCodes();
    }

    @Test
    void whoeverAsksBadlyIsRefusedAsTheDocumentSays() {
        DOCUMENT.refusesAsItSays();
    }

    private static String token(String role) {
        String key = ConfigProvider.getConfig().getValue(TokenIssuer.PRIVATE_KEY, String.class);
        return new Tokens(key).token(UUID.randomUUID().toString(), role);
    }
}
