package dev.quittance.billing.inbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.MoneyBack;
import dev.quittance.billing.testing.MoneyIn;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From the record on the topic to what the others hear, and to what the user sees. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class PurchaseFlowIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final UUID user = UUID.randomUUID();
    private final String name = "f" + user.toString().substring(0, 8);
    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.addUser(user);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void aPurchaseOnTheTopicIsSettledOnTheTopic() {
        // When
        send(Events.purchase(name, user, "\"metadata\":{\"points\":\"500\",\"voucher_months\":\"3\"}"));

        // Then
        assertThat(settled(1)).singleElement().satisfies(event -> {
            assertThat(event.anchor()).isEqualTo("pi_" + name);
            assertThat(event.accountNumber()).isEqualTo("4000000000000002");
            assertThat(event.amount().toString()).isEqualTo("15.00 EUR");
            assertThat(event.vouchers()).containsExactly(VoucherTerm.ofMonths(3));
        });
        given().auth()
                .oauth2(StripeDouble.userToken(user))
                .get("/api/balances")
                .then()
                .statusCode(200)
                .body("balances[0].unit", equalTo("points"))
                .body("balances[0].amount", equalTo(500))
                .body("balances[1].unit", equalTo("credits"))
                .body("balances[1].amount", equalTo(0));
    }

    @Test
    @DisplayName("E8, E9: a session whose lines and fee no payload says is looked up")
    void whatThePayloadsDoNotSayIsAskedOfStripe() throws SQLException {
        // Given
        List<Event> events = new ArrayList<>(Events.purchase(name, user, "\"metadata\":{}"));
        Event updated = events.remove(4);
        String body = new String(updated.body(), StandardCharsets.UTF_8)
                .replace("{\"id\":\"txn_" + name + "\",\"fee\":69,\"currency\":\"eur\"}", "\"txn_" + name + "\"");
        events.add(new Event(
                updated.topic(), updated.id(), updated.type(), updated.key(), body.getBytes(StandardCharsets.UTF_8)));

        // When
        send(events);

        // Then
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(
                        () -> assertThat(ledger.rows("select business_key, unit, amount from billing.journal_entries"
                                        + " join billing.entry_lines using (entry_id) where direction = 'debit'"
                                        + " and business_key like '%" + name + "%' order by 1"))
                                .containsExactly(
                                        "charge:ch_" + name + ":gross|EUR|1500",
                                        "fee:txn_" + name + "|EUR|43",
                                        "grant:pi_" + name + ":points|points|300"));
        assertThat(ledger.rows("select outcome from billing.stripe_lookups where object_id like '%" + name + "'"))
                .containsExactly("done", "done");
    }

    @Test
    @DisplayName("F13: a small payment with an early fraud warning is given back, once")
    void aSmallPaymentThatIsProbablyFraudIsGivenBack() {
        // When
        send(List.of(
                MoneyBack.warning("created", 1, "small_" + name, true),
                MoneyBack.warning("updated", 2, "small_" + name, true),
                MoneyBack.warning("created", 1, "large_" + name, true)));

        // Then
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows(
                                "select object_id like '%small%', outcome from billing.stripe_lookups where object_id like '%"
                                        + name + "' order by 1"))
                        .containsExactly("f|done", "t|done"));
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows(
                                "select refund_id, amount_minor from billing.refunds where refund_id like '%" + name
                                        + "'"))
                        .containsExactly("re_" + name + "|900"));
    }

    @Test
    @DisplayName("F1, F4: a refund that is only known by its sum is looked up")
    void refundsThatAreOnlyKnownBySumAreLookedUp() {
        // Given
        String charge = "cumulative" + name;

        // When
        send(Events.purchase(
                charge, user, "\"metadata\":{\"points\":\"500\",\"credits\":\"20\",\"voucher_months\":\"3\"}"));
        send(List.of(MoneyBack.chargeRefunded(5, charge, 750, "")));

        // Then
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows(
                                "select reversed_minor, points_taken, credits_taken from billing.standings where anchor = 'pi_"
                                        + charge + "'"))
                        .containsExactly("750|250|10"));
    }

    @Test
    @DisplayName("E9: an invoice's lines beyond the payload are looked up, page by page")
    void anInvoiceWithMoreLinesIsLookedUp() throws SQLException {
        // When
        send(List.of(
                MoneyIn.customer(name, user),
                MoneyIn.invoice("paid", "in_long", name, "subscription_cycle", 3500, 3500, "")
                        .with("\"has_more\":false", "\"has_more\":true")));

        // Then
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows(
                                "select points from billing.settlements where anchor = 'in_long_" + name + "'"))
                        .containsExactly("350"));
        assertThat(ledger.rows("select count(*) from billing.invoice_lines where invoice_id = 'in_long_" + name + "'"))
                .containsExactly("35");
    }

    @Test
    @DisplayName("B7: what Stripe says is gone is not waited for any more, and an operator sees it")
    void aSessionThatStripeDoesNotKnowIsHeldForAnOperator() {
        // When
        send(Events.purchase("gone" + name, user, "\"metadata\":{}"));

        // Then
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows("select waits_for, reason from billing.parked"
                                + " where waits_for like '%gone" + name + "'"))
                        .containsExactly("operator:pi_gone" + name + "|SESSION_GONE"));
    }

    @Test
    void balancesAreTheUsersOwn() {
        given().get("/api/balances")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("UNAUTHENTICATED"));
        given().auth()
                .oauth2(StripeDouble.operatorToken())
                .get("/api/balances")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("FORBIDDEN"));
        given().auth()
                .oauth2("not.a.token")
                .get("/api/balances")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    @Test
    void aSignedInUserReadsOnlyOwnRows() throws SQLException {
        // Given
        send(Events.purchase(name, user, "\"metadata\":{\"points\":\"5\"}"));
        settled(1);

        // Then
        assertThat(seenBy(user)).isEqualTo("1|1|1");
        assertThat(seenBy(UUID.randomUUID())).isEqualTo("0|0|0");
    }

    private String seenBy(UUID somebody) throws SQLException {
        ledger.run("begin; select set_config('request.jwt.claims', '{\"sub\":\"" + somebody
                + "\"}', true); set local role authenticated");
        try {
            return ledger.rows(
                            "select (select count(*) from public.payment_intents), (select count(*) from public.charges),"
                                    + " (select count(*) from billing.settlements)")
                    .getFirst();
        } finally {
            ledger.run("rollback");
        }
    }

    private static String bootstrap() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    private static void send(List<Event> events) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap()), new StringSerializer(), new ByteArraySerializer())) {
            for (Event event : events) {
                producer.send(event.toSend()).get();
            }
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** This user's, as soon as there are so many. */
    private List<PaymentSettled> settled(int count) {
        List<PaymentSettled> found = new ArrayList<>();
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrap(), "group.id", "reader-" + user, "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Events.prefix() + Topics.BILLING_EVENTS));
            Awaitility.await().atMost(LONG).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    String type = new String(
                            record.headers().lastHeader(Headers.CE_TYPE).value(), StandardCharsets.UTF_8);
                    if (record.key().equals(user.toString())
                            && EventCodec.read(type, record.value()) instanceof PaymentSettled event) {
                        found.add(event);
                    }
                }
                return found.size() >= count;
            });
        }
        return found;
    }
}
