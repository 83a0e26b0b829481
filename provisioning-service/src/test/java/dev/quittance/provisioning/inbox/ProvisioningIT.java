package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.provisioning.account.AccountNumber;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** From a record on one topic to rows, and to a record on the next. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
class ProvisioningIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int CORPUS_FILES_MAX = 2_000;

    @Inject
    Inboxes inboxes;

    @Inject
    ProvisioningHandler handler;

    @Inject
    MeterRegistry metrics;

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = "quittance.delivery.topic-prefix")
    String prefix;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void aPaidCheckoutBecomesAUserWithAnAccountAndARedeemedVoucherExtendsIt() throws SQLException {
        // Given
        JsonObject session = StripeJson.session("cs_whole")
                .put("customer", "cus_whole")
                .put(
                        "customer_details",
                        new JsonObject().put("email", " Whole@Example.com ").put("name", "Ann"));
        StripeJson completed = StripeJson.of("evt_whole", "checkout.session.completed", 1, session);

        // When
        send(Topics.STRIPE_EVENTS, completed.id(), completed.type(), completed.bytes());

        // Then
        List<DomainEvent> told = told(Topics.PROVISIONING_EVENTS, "cus_whole", 2);
        assertThat(told)
                .allSatisfy(event -> assertThat(event).isInstanceOf(CustomerProvisioned.class))
                .extracting(event -> ((CustomerProvisioned) event).checkoutSessionId())
                .containsExactly(null, "cs_whole");
        CustomerProvisioned provisioned = (CustomerProvisioned) told.getLast();
        assertThat(AccountNumber.isValid(provisioned.accountNumber())).isTrue();
        assertThat(one("""
                select concat_ws(',', u.email, u.raw_app_meta_data ->> 'provider', p.email, p.full_name,
                    c.stripe_customer_id, a.status, a.expiry)
                from auth.users u join provisioning.users p using (id) join provisioning.accounts a on a.user_id = u.id
                join provisioning.stripe_customers c on c.user_id = u.id
                where u.id = '%s' and a.account_number = '%s'
                """.formatted(provisioned.userId(), provisioned.accountNumber())))
                .isEqualTo("whole@example.com,quittance,whole@example.com,Ann,cus_whole,active");

        // And when
        VoucherRedeemed redeemed = new VoucherRedeemed(
                UUID.randomUUID(),
                provisioned.userId(),
                provisioned.accountNumber(),
                VoucherTerm.ofDays(30),
                Instant.now());
        for (int i = 0; i < 2; i++) {
            send(Topics.VOUCHER_EVENTS, "evt_v" + i, redeemed.type(), EventCodec.write(redeemed));
        }

        // Then
        List<DomainEvent> extended = told(Topics.PROVISIONING_EVENTS, "expiry:" + redeemed.voucherId(), 1);
        assertThat(extended).singleElement().isInstanceOfSatisfying(AccountExtended.class, event -> {
            assertThat(event.previousExpiry()).isNull();
            assertThat(Duration.between(Instant.now(), event.expiry()).toDays()).isBetween(29L, 30L);
        });
        await().atMost(TIMEOUT)
                .until(() -> one("select count(*) from provisioning.inbox where event_id like 'evt_v_'")
                        .equals("2"));
        assertThat(one("select count(*) from provisioning.account_extensions where account_number = '%s'"
                        .formatted(provisioned.accountNumber())))
                .isEqualTo("1");
    }

    @Test
    void aVoucherForAnAccountThatIsNotThereWaits() throws SQLException {
        // Given
        VoucherRedeemed redeemed = new VoucherRedeemed(
                UUID.randomUUID(), UUID.randomUUID(), "9000000000000001", VoucherTerm.ofDays(30), Instant.now());

        // When
        send(Topics.VOUCHER_EVENTS, "evt_nobody", redeemed.type(), EventCodec.write(redeemed));

        // Then
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(one("select waits_for from provisioning.parked where event_id = 'evt_nobody'"))
                                .isEqualTo("account:9000000000000001"));
    }

    @Test
    void nothingOfTheCorpusIsGivenUp() throws IOException {
        // Given
        String corpus = System.getProperty("quittance.corpus", "");
        Assumptions.assumeFalse(corpus.isEmpty(), "no corpus is given");
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(corpus))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .limit(CORPUS_FILES_MAX)
                    .toList()) {
                JsonObject event = object(Files.readString(file));
                if (event.getValue("type") instanceof String type && event.getValue("data") instanceof JsonObject) {
                    records.add(
                            new StripeJson("evt_corpus_" + records.size(), type, event).record(prefix, records.size()));
                }
            }
        }
        assertThat(records).hasSizeGreaterThan(100);

        // When
        inboxes.inbox(handler).process(StripeJson.records(records)).await().atMost(TIMEOUT);

        // Then
        assertThat(metrics.find("deadletter.sent").counters())
                .allSatisfy(given -> assertThat(given.count()).isZero());
    }

    private static JsonObject object(String json) {
        try {
            return new JsonObject(json);
        } catch (io.vertx.core.json.DecodeException _) {
            return new JsonObject();
        }
    }

    private void send(String topic, String id, String type, byte[] body) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(prefix + topic, "key", body);
            record.headers().add(Headers.CE_ID, id.getBytes(StandardCharsets.UTF_8));
            record.headers().add(Headers.CE_TYPE, type.getBytes(StandardCharsets.UTF_8));
            assertThat(producer.send(record)).succeedsWithin(TIMEOUT);
        }
    }

    /** The events on the topic that speak of the subject, as soon as there are that many. */
    private List<DomainEvent> told(String topic, String subject, int count) {
        List<DomainEvent> told = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "group.id",
                        prefix + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(prefix + topic));
            await().atMost(TIMEOUT).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    String type = new String(
                            record.headers().lastHeader(Headers.CE_TYPE).value(), StandardCharsets.UTF_8);
                    if (new String(record.value(), StandardCharsets.UTF_8).contains(subject)) {
                        told.add(EventCodec.read(type, record.value()));
                    }
                }
                return told.size() >= count;
            });
        }
        return told;
    }

    private String one(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
