package dev.quittance.billing.problem;

import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.openapi.OpenApiCheck;
import dev.quittance.localstack.openapi.ProblemCode;
import dev.quittance.localstack.openapi.ProblemStyle;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The committed document is the code's, and says what is answered to whoever asks badly. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
class OpenApiIT {
    private static final ProblemStyle STYLE = new ProblemStyle(
            "dev.quittance.billing",
            Problem.class,
            Arrays.stream(Problem.values()).collect(Collectors.toMap(Problem::name, Problem::status)),
            ProblemCode.of(Problem::status, Set.of(Problem.INTERNAL, Problem.UNAVAILABLE)),
            ProblemCode.of(Problem::status, Set.of(Problem.UNAUTHENTICATED, Problem.FORBIDDEN)),
            ProblemCode.of(
                    Problem::status,
                    Set.of(
                            Problem.LENGTH_REQUIRED,
                            Problem.BODY_TOO_LARGE,
                            Problem.UNSUPPORTED_MEDIA_TYPE,
                            Problem.BAD_REQUEST)),
            ProblemCode.of(Problem::status, Set.of(Problem.NOT_FOUND)));

    private static final OpenApiCheck DOCUMENT = new OpenApiCheck("billing-ledger", STYLE, OpenApiIT::token, 100);

    @Test
    void theCommittedDocumentIsTheCodes() {
        DOCUMENT.isTheCodes();
    }

    @Test
    void whoeverAsksBadlyIsRefusedAsTheDocumentSays() {
        DOCUMENT.refusesAsItSays();
    }

    private static String token(String role) {
        return role.equals("operator") ? StripeDouble.operatorToken() : StripeDouble.userToken(UUID.randomUUID());
    }
}
