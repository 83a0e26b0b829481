package dev.quittance.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.quittance.localstack.process.Checkout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack without its services: what is killed comes back with its data, and nothing stays behind. */
class LocalStackIT {
    private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsKilledComesBackAndNothingIsLeftAtTheEnd() throws Exception {
        // Given
        StackOptions options = StackOptions.temporary(Checkout.find(), folder).withServices(Set.of());
        List<Process> processes = new ArrayList<>();
        try (LocalStack stack = LocalStack.start(options)) {
            execute(stack, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
            send(stack, "before");

            // When
            for (String part : List.of("postgres", "kafka", "redis")) {
                Process killed = stack.process(part).orElseThrow();
                stack.kill(part);
                killed.onExit().join();
                await(part)
                        .atMost(BACK_WITHIN)
                        .until(() -> stack.process(part)
                                .filter(now -> now.pid() != killed.pid())
                                .isPresent());
            }

            // Then
            await("the committed row")
                    .atMost(BACK_WITHIN)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .untilAsserted(() -> assertThat(query(stack, "SELECT id::text FROM kept"))
                            .isEqualTo("7"));
            send(stack, "after");
            assertThat(stack.failure()).isNotDone();
            List.of("postgres", "kafka", "redis")
                    .forEach(part -> processes.add(stack.process(part).orElseThrow()));
        }
        assertThat(processes).hasSize(3).noneMatch(Process::isAlive);
        assertThat(new StateFolder(folder).processes().all()).isEmpty();
    }

    @Test
    void itsDataAndItsSecretsAreKeptBetweenRuns() throws Exception {
        // Given
        StackOptions options = StackOptions.temporary(Checkout.find(), folder).withServices(Set.of());
        String secret;
        try (LocalStack stack = LocalStack.start(options)) {
            execute(stack, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
            secret = stack.env().getOrDefault("STRIPE_WEBHOOK_SECRET", "");
        }

        // When
        try (LocalStack again = LocalStack.start(options)) {

            // Then
            assertThat(query(again, "SELECT id::text FROM kept")).isEqualTo("7");
            assertThat(secret).startsWith("whsec_");
            assertThat(again.env()).containsEntry("STRIPE_WEBHOOK_SECRET", secret);
            assertThat(keys(again)).isEqualTo(again.tokens().jwks());
            try (LocalStack third = new LocalStack(options)) {
                assertThatThrownBy(third::start)
                        .isInstanceOf(StackFailure.class)
                        .hasMessageContaining("running already");
            }
            assertThat(new StateFolder(folder).environment()).isPresent();
        }
    }

    private static String keys(LocalStack stack) throws IOException, InterruptedException {
        URI keys = URI.create(stack.env().get("GATEWAY_URL") + "/auth/v1/.well-known/jwks.json");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(keys).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static void send(LocalStack stack, String value) throws Exception {
        String kafka = stack.env().getOrDefault("KAFKA_BOOTSTRAP", "");
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            "stripe.events.v1", value.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static Connection connect(LocalStack stack) throws SQLException {
        URI url = URI.create(stack.env().getOrDefault("PG_URL", ""));
        String[] login = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), login[0], login[1]);
    }

    private static String query(LocalStack stack, String sql) throws SQLException {
        try (Connection connection = connect(stack);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(LocalStack stack, String sql) throws SQLException {
        try (Connection connection = connect(stack);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
