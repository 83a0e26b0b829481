package dev.quittance.messaging.inbox;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.messaging.deadletter.DeadLetters;
import dev.quittance.messaging.outbox.Outbox;
import dev.quittance.messaging.relay.OutboxRelay;
import dev.quittance.messaging.relay.RecordSender;
import dev.quittance.telemetry.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A service in small: a slice with delivery tables and a table of effects, and the delivery code over it. */
public final class Probe implements AutoCloseable {
    static final String TOPIC = Topics.PROVISIONING_EVENTS;
    private static final String GROUP = Topics.BILLING;
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration QUIET = Duration.ofSeconds(2);

    private final TestDatabase database = TestParts.database();
    private final String prefix = TestParts.topicPrefix();
    private final Vertx vertx = Vertx.vertx();
    public final Pool pool;
    public final DeliveryConfig config;
    public final RecordSender sender;
    public final OutboxRelay relay;
    public final Outbox outbox;
    private final DeadLetters deadLetters;
    private final Tracing tracing;
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    public Probe() throws SQLException, IOException {
        this(Tracing.off());
    }

    public Probe(Tracing tracing) throws SQLException, IOException {
        this.tracing = tracing;
        TestParts.createTopics(prefix);
        Login login = database.serviceLogin(Slice.BILLING);
        sql(deliveryTables());
        sql("create table billing.effects (id bigint generated always as identity, event_id text not null,"
                + " constraint effects_no_poison check (event_id not like 'poison%'))");
        sql("create table billing.brought (subject text primary key)");
        sql("grant all on all tables in schema billing to billing_service;"
                + "grant usage on schema billing to billing_service");
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(8))
                .connectingTo(PgConnectOptions.fromUri(database.reactiveUrl().replaceFirst("^vertx-reactive:", ""))
                        .setUser(login.user())
                        .setPassword(login.password()))
                .using(vertx)
                .build();
        config = new ProbeConfig(prefix, GROUP);
        sender = new RecordSender(TestParts.get().kafka(), config);
        relay = new OutboxRelay(pool, vertx, sender, config, metrics, tracing);
        outbox = new Outbox(config, relay);
        deadLetters = new DeadLetters(sender, config, metrics);
    }

    Inbox<ProbeHandler.Command> inbox() {
        return inbox(new ProbeHandler());
    }

    /** Of another service that reads the same topic, over the same tables. */
    Inbox<ProbeHandler.Command> inboxOf(String group) {
        DeliveryConfig other = new ProbeConfig(prefix, group);
        return new Inbox<>(
                pool, other, new ProbeHandler(), deadLetters, outbox, metrics, new Ages(metrics), tracing, _ -> {});
    }

    public <F> Inbox<F> inbox(BatchHandler<F> handler) {
        return new Inbox<>(pool, config, handler, deadLetters, outbox, metrics, new Ages(metrics), tracing, _ -> {});
    }

    /** A poll of one partition, as Kafka would hand it over. */
    ConsumerRecords<String, byte[]> poll(List<ConsumerRecord<String, byte[]>> records) {
        return new ConsumerRecords<>(Map.of(new TopicPartition(prefix + TOPIC, 0), records), Map.of());
    }

    public ConsumerRecord<String, byte[]> event(String id, String body) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(prefix + TOPIC, 0, 0, "key", body.getBytes(StandardCharsets.UTF_8));
        record.headers().add(Headers.CE_ID, id.getBytes(StandardCharsets.UTF_8));
        record.headers().add(Headers.CE_TYPE, "Probe".getBytes(StandardCharsets.UTF_8));
        return record;
    }

    public void process(Inbox<?> inbox, List<ConsumerRecord<String, byte[]>> records) {
        inbox.process(poll(records)).await().atMost(Duration.ofSeconds(20));
    }

    public void sql(String statements) throws SQLException {
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    public List<String> query(String select) throws SQLException {
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Reads a topic from its beginning until it has given so many records, or some and then nothing more for a while. */
    public List<ConsumerRecord<String, byte[]>> read(String topic, int count) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", TestParts.get().kafka());
        properties.put("group.id", prefix + "reader");
        properties.put("auto.offset.reset", "earliest");
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(prefix + topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
            long quietSince = System.nanoTime();
            while (found.size() < count && System.nanoTime() < deadline) {
                int before = found.size();
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                if (found.size() > before) {
                    quietSince = System.nanoTime();
                } else if (!found.isEmpty() && System.nanoTime() - quietSince > QUIET.toNanos()) {
                    break;
                }
            }
        }
        return found;
    }

    private static String deliveryTables() throws IOException {
        try (InputStream file = DeliveryConfig.class.getResourceAsStream("/dev/quittance/messaging/delivery.sql")) {
            if (file == null) {
                throw new IOException("delivery.sql is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("${slice}", "billing");
        }
    }

    @Override
    public void close() {
        sender.stop(new ShutdownEvent());
        pool.closeAndAwait();
        vertx.closeAndAwait();
    }

    private record ProbeConfig(String prefix, String group) implements DeliveryConfig {
        @Override
        public String schema() {
            return "billing";
        }

        @Override
        public Optional<String> topicPrefix() {
            return Optional.of(prefix);
        }

        @Override
        public int lockBuckets() {
            return 4_096;
        }

        @Override
        public int relayBatch() {
            return 50;
        }

        @Override
        public Duration relayRest() {
            return Duration.ofMillis(1);
        }

        @Override
        public Duration relayIdle() {
            return Duration.ofMillis(50);
        }

        @Override
        public Duration retryBackoffMax() {
            return Duration.ofMillis(200);
        }
    }
}
