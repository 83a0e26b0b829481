package dev.quittance.voucher.problem;

import dev.quittance.foundation.body.BodyLimit;
import dev.quittance.localstack.openapi.OpenApiCheck;
import dev.quittance.localstack.openapi.ProblemCode;
import dev.quittance.localstack.openapi.ProblemStyle;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.voucher.scene.Secrets;
import dev.quittance.voucher.scene.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The committed document is the code's, and says what is answered to whoever asks badly. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class OpenApiIT {
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private static final ProblemStyle STYLE = new ProblemStyle(
            "dev.quittance.voucher",
            ErrorCode.class,
            Arrays.stream(ErrorCode.values()).collect(Collectors.toMap(ErrorCode::name, ErrorCode::status)),
            ProblemCode.of(ErrorCode::status, Set.of(ErrorCode.INTERNAL, ErrorCode.UNAVAILABLE)),
            ProblemCode.of(ErrorCode::status, Set.of(ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN)),
            Set.of(
                    new ProblemCode(411, BodyLimit.LENGTH_REQUIRED),
                    new ProblemCode(413, BodyLimit.BODY_TOO_LARGE),
                    new ProblemCode(UNSUPPORTED_MEDIA_TYPE, ErrorCode.REQUEST_NOT_ACCEPTED.name())),
            Set.of(new ProblemCode(404, ErrorCode.REQUEST_NOT_ACCEPTED.name())));

    private static final OpenApiCheck DOCUMENT = new OpenApiCheck("voucher-service", STYLE, Tokens::ofRole, 40);

    @Test
    void theCommittedDocumentIsTheCodes() {
        DOCUMENT.isTheCodes();
    }

    @Test
    void whoeverAsksBadlyIsRefusedAsTheDocumentSays() {
        DOCUMENT.refusesAsItSays();
    }
}
