package dev.quittance.ingest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.TwoSecrets;
import dev.quittance.localstack.openapi.BadRequests;
import dev.quittance.localstack.openapi.OpenApiDocument;
import dev.quittance.localstack.openapi.ProblemCode;
import dev.quittance.localstack.openapi.ProblemStyle;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The committed document is the code's, and says what is answered to whoever asks badly. */
@QuarkusTest
@TestProfile(TwoSecrets.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class OpenApiIT {
    /** So many of them at least, or nothing was asked. */
    private static final int REFUSED_MIN = 40;

    private static final ProblemStyle STYLE = new ProblemStyle(
            "dev.quittance.ingest",
            Problem.class,
            Map.of(),
            Set.of(
                    new ProblemCode(500, "internal_error"),
                    new ProblemCode(503, "unavailable"),
                    new ProblemCode(400, "path_refused")),
            Set.of(new ProblemCode(401, "unauthenticated"), new ProblemCode(403, "forbidden")),
            Set.of(new ProblemCode(413, "request_entity_too_large"), new ProblemCode(415, "unsupported_media_type")),
            Set.of(new ProblemCode(404, "not_found")));

    @Test
    void theCommittedDocumentIsTheCodes() {
        generated().compare(Path.of(System.getProperty("quittance.root")), "webhook-ingest");
    }

    @Test
    void whoeverAsksBadlyIsRefusedAsTheDocumentSays() {
        // When
        BadRequests.Outcome outcome = new BadRequests(
                        generated(), URI.create("http://localhost:" + port("quarkus.http.test-port")), Admin::token)
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
}
