package dev.quittance.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.ingest.scene.Records;
import dev.quittance.localstack.kafka.KafkaTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A2: no 200 without the broker, an answer in time all the same, and no hand needed when it is back. */
@QuarkusTest
@TestProfile(BrokerOutageIT.OneSecret.class)
@QuarkusTestResource(value = OwnBroker.class, restrictToAnnotatedClass = true)
class BrokerOutageIT {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(60);

    private static final int SENDERS = 20;

    @Nullable
    OwnBroker injected;

    @Test
    @DisplayName("A2: without a broker there is no 200, and the retry of the same id is taken")
    void withoutABrokerSendersAreSentAwayInTimeAndWithItTheyAreTakenAgain() {
        // Given: the application started without a broker
        OwnBroker broker = Objects.requireNonNull(injected, "no broker");
        assertRefusedInTime("evt_before");

        // When
        broker.run();
        KafkaTopics.create(bootstrapServers(), "", 1);

        // Then
        awaitTaken("evt_first");

        // When
        broker.kill();

        // Then
        assertRefusedInTime("evt_meanwhile");

        // When
        broker.run();

        // Then
        awaitTaken("evt_after");
        assertThat(List.of("evt_first", "evt_after"))
                .allSatisfy(
                        id -> assertThat(Records.of(Topics.STRIPE_EVENTS, id)).isNotEmpty());
    }

    private static void assertRefusedInTime(String id) {
        List<HttpResponse<String>> answers = Deliveries.atOnce(SENDERS, () -> answerInTime(id));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"code\":\"broker_unavailable\"");
            assertThat(answer.headers().firstValue("Retry-After")).contains("30");
        });
        assertThat(Deliveries.management("/q/health/ready").statusCode()).isEqualTo(503);
        assertThat(Deliveries.management("/q/health/live").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> answerInTime(String id) {
        long start = System.nanoTime();
        HttpResponse<String> answer = Deliveries.post(event(id));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ANSWER_MAX);
        return answer;
    }

    private static void awaitTaken(String id) {
        await().atMost(RECOVERY_MAX)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() ->
                        assertThat(Deliveries.post(event(id)).statusCode()).isEqualTo(200));
        assertThat(Deliveries.management("/q/health/ready").statusCode()).isEqualTo(200);
    }

    private static String bootstrapServers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    private static String event(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"llama.created\",\"livemode\":false}";
    }

    /** The one secret that deliveries are signed with. */
    public static final class OneSecret implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quittance.ingest.webhook-secrets", Deliveries.SECRET);
        }
    }
}
