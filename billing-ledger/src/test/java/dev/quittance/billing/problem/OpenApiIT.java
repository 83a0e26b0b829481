package dev.quittance.billing.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.openapi.BadRequests;
import dev.quittance.localstack.openapi.OpenApiDocument;
import dev.quittance.localstack.openapi.ProblemCode;
import dev.quittance.localstack.openapi.ProblemStyle;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The committed document is the code's, and says what is answered to whoever asks badly. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
class OpenApiIT {
    /** So many of them at least, or nothing was asked. */
    private static final int REFUSED_MIN = 100;

    private static final ProblemStyle STYLE = new ProblemStyle(
            "dev.quittance.billing",
            Problem.class,
            Arrays.stream(Problem.values()).collect(Collectors.toMap(Problem::name, Problem::status)),
            codes(Problem.INTERNAL, Problem.UNAVAILABLE),
            codes(Problem.UNAUTHENTICATED, Problem.FORBIDDEN),
            codes(Problem.UNSUPPORTED_MEDIA_TYPE, Problem.BAD_REQUEST),
            codes(Problem.NOT_FOUND));

    @Test
    void theCommittedDocumentIsTheCodes() {
        generated().compare(Path.of(System.getProperty("quittance.root")), "billing-ledger");
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
        return role.equals("operator") ? StripeDouble.operatorToken() : StripeDouble.userToken(UUID.randomUUID());
    }

    private static Set<ProblemCode> codes(Problem... problems) {
        return Arrays.stream(problems)
                .map(problem -> new ProblemCode(problem.status(), problem.name()))
                .collect(Collectors.toSet());
    }
}
