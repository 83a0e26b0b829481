package dev.quittance.provisioning.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.openapi.BadRequests;
import dev.quittance.localstack.openapi.OpenApiDocument;
import dev.quittance.localstack.openapi.ProblemCode;
import dev.quittance.localstack.openapi.ProblemStyle;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
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
    /** So many of them at least, or nothing was asked. */
    private static final int REFUSED_MIN = 60;

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
                    new ProblemCode(413, "BODY_TOO_LARGE"),
                    new ProblemCode(415, "UNSUPPORTED_MEDIA_TYPE")),
            Set.of(new ProblemCode(404, "NOT_FOUND")));

    @Test
    void theCommittedDocumentIsTheCodes() {
        generated().compare(Path.of(System.getProperty("quittance.root")), "provisioning-service");
    }

    @Test
    void whoeverAsksBadlyIsRefusedAsTheDocumentSays() {
        // When
        BadRequests.Outcome outcome = new BadRequests(
                        generated(), URI.create("http://localhost:" + port("quarkus.http.test-port")), OpenApiIT::token)
                .ask();

        // Then
        assertThat(outcome.surprises()).isEmpty();
        assertThat(outcome.refused()).isGreaterThan(REFUSED_MIN);
    }

    private static OpenApiDocument generated() {
        URI generated =
                URI.create("http://localhost:" + port("quarkus.management.test-port") + "/q/openapi?format=json");
        return OpenApiDocument.generate(generated, Path.of("target/classes"), STYLE);
    }

    private static int port(String name) {
        return ConfigProvider.getConfig().getValue(name, Integer.class);
    }

    private static String token(String role) {
        String key = ConfigProvider.getConfig().getValue(TokenIssuer.PRIVATE_KEY, String.class);
        return new Tokens(key).token(UUID.randomUUID().toString(), role);
    }
}
