package dev.quittance.localstack.openapi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Holds the service under test against its committed document: every service's test of that is this one.
 *
 * @param service its module, which its document is named by
 * @param style how it writes its problems
 * @param tokens makes a token of a role
 * @param refusedMin so many bad requests are refused at least, or nothing was asked
 */
public record OpenApiCheck(String service, ProblemStyle style, Function<String, String> tokens, int refusedMin) {
    public OpenApiCheck {
        requireNonNull(service, "service is null");
        requireNonNull(style, "style is null");
        requireNonNull(tokens, "tokens is null");
    }

    /** The committed document is the code's. */
    public void isTheCodes() {
        generated().compare(Path.of(System.getProperty("quittance.root")), service);
    }

    /** What is answered to whoever asks badly is what the document says. */
    public void refusesAsItSays() {
        BadRequests.Outcome outcome = new BadRequests(
                        generated(), URI.create("http://localhost:" + port("quarkus.http.test-port")), tokens)
                .ask();
        if (!outcome.surprises().isEmpty()) {
            throw new AssertionError("not answered as the document says:\n" + String.join("\n", outcome.surprises()));
        }
        if (outcome.refused() <= refusedMin) {
            throw new AssertionError("only " + outcome.refused() + " of " + outcome.asked() + " were refused");
        }
    }

    private OpenApiDocument generated() {
        URI generated =
                URI.create("http://localhost:" + port("quarkus.management.test-port") + "/q/openapi?format=json");
        return OpenApiDocument.generate(generated, Path.of("target/classes"), style);
    }

    private static int port(String name) {
        return ConfigProvider.getConfig().getValue(name, Integer.class);
    }
}
