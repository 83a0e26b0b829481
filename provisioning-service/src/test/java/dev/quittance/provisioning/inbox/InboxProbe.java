package dev.quittance.provisioning.inbox;

import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.messaging.deadletter.DeadLetters;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.messaging.outbox.Outbox;
import dev.quittance.messaging.relay.OutboxRelay;
import dev.quittance.messaging.relay.RecordSender;
import dev.quittance.provisioning.access.AccessConfig;
import dev.quittance.telemetry.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The service's inbox over a database of its own, without the service around it. Nothing is relayed. */
final class InboxProbe implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    static final String PREFIX = "";

    private final TestDatabase database = TestParts.database(Slice.PROVISIONING);
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final RecordSender sender;
    private final Inbox<ProvisioningFact> inbox;
    final Connection connection;

    InboxProbe() throws SQLException {
        DeliveryConfig delivery = new Delivery();
        Login login = database.serviceLogin(Slice.PROVISIONING);
        connection = database.connect(database.superuser());
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(4))
                .connectingTo(PgConnectOptions.fromUri(database.reactiveUrl())
                        .setCachePreparedStatements(true)
                        .setUser(login.user())
                        .setPassword(login.password()))
                .using(vertx)
                .build();
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        sender = new RecordSender(TestParts.get().kafka(), delivery);
        Outbox outbox = new Outbox(delivery, new OutboxRelay(pool, vertx, sender, delivery, metrics, Tracing.off()));
        ProvisioningHandler handler = new ProvisioningHandler(
                new ProbeMinting(),
                InstantSource.system(),
                new Policies(Duration.ofDays(7), true, Set.of("dispute"), 1, 1, Duration.ofSeconds(15), 500),
                metrics);
        inbox = new Inboxes(pool, delivery, new DeadLetters(sender, delivery, metrics), outbox, metrics, Tracing.off())
                .inbox(handler);
    }

    Inbox<ProvisioningFact> inbox() {
        return inbox;
    }

    void process(List<ConsumerRecord<String, byte[]>> records) {
        inbox.process(StripeJson.records(records)).await().atMost(TIMEOUT);
    }

    /** Two polls at once, as two consumers have them. */
    void processTogether(List<ConsumerRecord<String, byte[]>> one, List<ConsumerRecord<String, byte[]>> other) {
        Uni.join()
                .all(inbox.process(StripeJson.records(one)), inbox.process(StripeJson.records(other)))
                .andFailFast()
                .await()
                .atMost(TIMEOUT);
    }

    /** A user whom the run's customer names in its metadata. */
    void user(String run) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into auth.users (id, email, email_confirmed_at) values (?, ?, now())")) {
            insert.setObject(1, Buyer.userId("user", run));
            insert.setString(2, "user." + run + "@example.com");
            insert.executeUpdate();
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String one(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "nothing";
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        sender.stop(new ShutdownEvent());
        pool.closeAndAwait();
        vertx.closeAndAwait();
    }

    private record Policies(
            Duration grace,
            boolean holdWhilePaused,
            Set<String> holdFor,
            int trialsPerUser,
            int trialsPerCard,
            Duration reviewEvery,
            int reviewBatch)
            implements AccessConfig {}

    private record Delivery() implements DeliveryConfig {
        @Override
        public String schema() {
            return "provisioning";
        }

        @Override
        public String group() {
            return "provisioning-service";
        }

        @Override
        public Optional<String> topicPrefix() {
            return Optional.empty();
        }

        @Override
        public int lockBuckets() {
            return 4_096;
        }

        @Override
        public int relayBatch() {
            return 500;
        }

        @Override
        public Duration relayRest() {
            return Duration.ofMillis(1);
        }

        @Override
        public Duration relayIdle() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration retryBackoffMax() {
            return Duration.ofSeconds(1);
        }
    }
}
