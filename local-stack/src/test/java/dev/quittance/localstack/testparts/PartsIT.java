package dev.quittance.localstack.testparts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.database.Slice;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded parts are durable, isolated from test class to test class, and whole. */
class PartsIT {
    @ParameterizedTest
    @CsvSource({
        "fsync,on",
        "synchronous_commit,on",
        "full_page_writes,on",
        "max_connections,120",
        "max_locks_per_transaction,256"
    })
    void postgresIsAsDurableAsInProduction(String setting, String expected) throws SQLException {
        // Given
        TestDatabase database = TestParts.database();

        // When
        String shown = show(database, setting);

        // Then
        assertThat(shown).isEqualTo(expected);
    }

    @Test
    void twoDatabasesDoNotSeeEachOther() throws SQLException {
        // Given
        TestDatabase one = TestParts.database(Slice.VOUCHER);
        TestDatabase other = TestParts.database(Slice.VOUCHER);

        // When
        execute(one, "CREATE TABLE ingest.mine (id int)");

        // Then
        String exists = "SELECT (to_regclass('ingest.mine') IS NOT NULL)::text";
        assertThat(one.name()).isNotEqualTo(other.name());
        assertThat(query(one, exists)).isEqualTo("true");
        assertThat(query(other, exists)).isEqualTo("false");
    }

    @Test
    void aServiceLogsInButOwnsNoSchema() throws SQLException {
        // Given
        TestDatabase database = TestParts.database(Slice.VOUCHER);

        // When
        String owners;
        try (Connection connection = database.connect(database.serviceLogin(Slice.BILLING));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT string_agg(nspname || '=' || pg_get_userbyid(nspowner), ' ' ORDER BY nspname)
                          FROM pg_namespace
                         WHERE nspname IN ('ingest', 'auth', 'provisioning', 'billing', 'voucher')
                        """)) {
            rows.next();
            owners = rows.getString(1);
        }

        // Then
        assertThat(owners)
                .isEqualTo("auth=provisioning_owner billing=billing_owner ingest=ingest_owner"
                        + " provisioning=provisioning_owner voucher=voucher_owner");
    }

    @Test
    void theTopicsOfAPrefixExistAndCarryARecord() throws Exception {
        // Given
        String kafka = TestParts.get().kafka();
        String prefix = TestParts.topicPrefix();
        byte[] value = "a receipt".getBytes(StandardCharsets.UTF_8);
        TopicPartition partition = new TopicPartition(prefix + Topics.STRIPE_EVENTS, 0);

        // When
        TestParts.createTopics(prefix);
        TestParts.createTopics(prefix);
        Set<String> names;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            names = admin.listTopics().names().get();
        }
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(partition.topic(), 0, null, value))
                    .get();
        }

        // Then
        assertThat(names)
                .containsAll(
                        Topics.allNames().stream().map(name -> prefix + name).toList());
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            assertThat(consumer.poll(Duration.ofSeconds(10)))
                    .singleElement()
                    .satisfies(record -> assertThat(record.value()).isEqualTo(value));
        }
    }

    private static String show(TestDatabase database, String setting) throws SQLException {
        return query(database, "SELECT current_setting('" + setting + "')");
    }

    private static String query(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
