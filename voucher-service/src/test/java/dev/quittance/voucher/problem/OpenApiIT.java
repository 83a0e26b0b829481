package dev.quittance.voucher.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.openapi.BadRequests;
import dev.quittance.localstack.openapi.OpenApiDocument;
import dev.quittance.localstack.openapi.ProblemCode;
import dev.quittance.localstack.openapi.ProblemStyle;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.voucher.scene.Secrets;
import dev.quittance.voucher.scene.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The committed document is the code's, and says what is answered to whoever asks badly. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class OpenApiIT {
    /** So many of them at least, or nothing was asked. */
    private static final int REFUSED_MIN = 40;

    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private static final ProblemStyle STYLE = new ProblemStyle(
            "dev.quittance.voucher",
            ErrorCode.class,
            Arrays.stream(ErrorCode.values()).collect(Collectors.toMap(ErrorCode::name, ErrorCode::status)),
            codes(ErrorCode.INTERNAL, ErrorCode.UNAVAILABLE),
            codes(ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN),
            Set.of(new ProblemCode(UNSUPPORTED_MEDIA_TYPE, ErrorCode.REQUEST_NOT_ACCEPTED.name())),
            Set.of(new ProblemCode(404, ErrorCode.REQUEST_NOT_ACCEPTED.name())));

    @Test
    void theCommittedDocumentIsTheCodes() {
        generated().compare(Path.of(System.getProperty("quittance.root")), "voucher-service");
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
        return Tokens.ofRole(role);
    }

    private static Set<ProblemCode> codes(ErrorCode... problems) {
        return Arrays.stream(problems)
                .map(problem -> new ProblemCode(problem.status(), problem.name()))
                .collect(Collectors.toSet());
    }
}
