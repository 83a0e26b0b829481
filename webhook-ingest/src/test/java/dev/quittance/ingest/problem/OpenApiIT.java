package dev.quittance.ingest.problem;

import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.TwoSecrets;
import dev.quittance.localstack.openapi.OpenApiCheck;
import dev.quittance.localstack.openapi.ProblemCode;
import dev.quittance.localstack.openapi.ProblemStyle;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.Set;
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

    private static final OpenApiCheck DOCUMENT = new OpenApiCheck("webhook-ingest", STYLE, Admin::token, 40);

    @Test
    void theCommittedDocumentIsTheCodes() {
        DOCUMENT.isTheCodes();
    }

    @Test
    void whoeverAsksBadlyIsRefusedAsTheDocumentSays() {
        DOCUMENT.refusesAsItSays();
    }
}
