package dev.quittance.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.process.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A7, with the packaged service as it is deployed: it does not come up with a secret that anybody could guess. */
class RefusedStartIT {
    private static final long START_SECONDS_MAX = 60;

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_short"})
    @DisplayName("A7: an unusable secret ends the process with one clear sentence")
    void anUnusableSecretEndsTheProcessWithOneClearSentence(String secret) throws IOException, InterruptedException {
        // Given
        Path jar = Checkout.find().root().resolve("webhook-ingest/target/quarkus-app/quarkus-run.jar");
        ProcessBuilder service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString())
                .redirectErrorStream(true);
        service.environment().put("QUITTANCE_STRIPE_WEBHOOK_SECRETS", secret);
        service.environment().put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        service.environment().put("QUARKUS_HTTP_PORT", "0");
        service.environment().put("QUARKUS_MANAGEMENT_PORT", "0");

        // When
        Process process = service.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(process.waitFor(START_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(output)
                .contains("Refusing to start: QUITTANCE_STRIPE_WEBHOOK_SECRETS cannot be used")
                .doesNotContain("\tat ")
                .doesNotContain("whsec_short");
    }
}
