package dev.quittance.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.localstack.testparts.LogWatch;
import dev.quittance.voucher.scene.Broker;
import dev.quittance.voucher.scene.Database;
import dev.quittance.voucher.scene.Frontend;
import dev.quittance.voucher.scene.Purchases;
import dev.quittance.voucher.scene.Secrets;
import dev.quittance.voucher.scene.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From what billing says, over HTTP, to what the service says. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class PurchaseToRedemptionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database = Database.ofTheService();
    private Broker broker;

    @BeforeEach
    void listen() {
        broker = new Broker();
    }

    @AfterEach
    void leave() {
        broker.close();
    }

    @Test
    void aSettledPurchaseBecomesAVoucherACodeAndTime() {
        // Given
        Database.Holder buyer = database.holder();
        PaymentSettled purchase =
                Purchases.settled(buyer, database.paymentIntent(), VoucherTerm.ofMonths(3), VoucherTerm.ofDays(10));

        // When
        broker.say(purchase);
        await().atMost(PATIENCE).until(() -> Frontend.vouchers(buyer.userId()).size() == 2);
        List<VoucherIssued> issued = issued(purchase.anchor());
        String voucher = issued.getFirst().voucherId().toString();
        String code = Frontend.reveal(buyer.userId(), voucher)
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("code", matchesPattern("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}"))
                .extract()
                .path("code");
        Frontend.redeem(buyer.userId(), code.toLowerCase(java.util.Locale.ROOT).replace("-", " "))
                .statusCode(200)
                .body("voucherId", equalTo(voucher))
                .body("accountNumber", equalTo(buyer.accountNumber()))
                .body("months", equalTo(3))
                .body("days", equalTo(0))
                .body("status", equalTo("redeemed"));

        // Then
        assertThat(issued).extracting(VoucherIssued::unit).containsExactly(1, 2);
        assertThat(issued)
                .extracting(VoucherIssued::term)
                .containsExactly(VoucherTerm.ofMonths(3), VoucherTerm.ofDays(10));
        assertThat(redeemed(voucher)).singleElement().satisfies(event -> {
            assertThat(event.accountNumber()).isEqualTo(buyer.accountNumber());
            assertThat(event.redeemedBy()).isEqualTo(buyer.userId());
            assertThat(event.term()).isEqualTo(VoucherTerm.ofMonths(3));
        });
        String path = "vouchers.find { it.id == '" + voucher + "' }.";
        Frontend.as(buyer.userId())
                .get("/api/vouchers")
                .then()
                .body(path + "status", equalTo("redeemed"))
                .body(path + "months", equalTo(3))
                .body(path + "lastFour", equalTo(code.substring(code.length() - 4)))
                .body(path + "issuedAt", notNullValue())
                .body(path + "redeemedAt", notNullValue())
                .body("vouchers.find { it.id != '" + voucher + "' }.redeemedAt", nullValue());
        assertThat(trail(voucher)).containsExactly("issued", "revealed", "redeemed");
        assertNowhere(code);
    }

    @Test
    @DisplayName("S-12: no code, address or token is in the log at DEBUG when it is redeemed")
    void noCodeIsLogged() throws IOException, InterruptedException {
        // Given
        Database.Holder buyer = database.holder();
        Frontend.buy(broker, buyer, VoucherTerm.ofMonths(1));
        String code = Frontend.reveal(
                        buyer.userId(), Frontend.vouchers(buyer.userId()).getFirst())
                .statusCode(200)
                .extract()
                .path("code");
        String plain = code.replace("-", "");

        // When
        try (LogWatch watch = new LogWatch(code, plain, plain.toLowerCase(java.util.Locale.ROOT))) {
            assertThat(quietly(buyer, code)).isEqualTo(200);
            assertThat(quietly(buyer, plain)).isEqualTo(409);

            // Then
            assertThat(watch.lines()).isPositive();
            assertThat(watch.found()).isEmpty();
        }
    }

    /** Redeems by a client that logs nothing itself. */
    private static int quietly(Database.Holder user, String code) throws IOException, InterruptedException {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + port + "/api/vouchers/redeem"))
                    .header("Authorization", "Bearer " + Tokens.of(user.userId()))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + code + "\"}"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void aPurchaseToldAgainAfterTheRedemptionBringsNoSecondVoucher() {
        // Given
        Database.Holder buyer = database.holder();
        PaymentSettled purchase = Purchases.settled(buyer, VoucherTerm.ofMonths(1));
        String id = broker.say(purchase);
        await().atMost(PATIENCE).until(() -> Frontend.vouchers(buyer.userId()).size() == 1);
        String voucher = Frontend.vouchers(buyer.userId()).getFirst();
        String code = Frontend.reveal(buyer.userId(), voucher)
                .statusCode(200)
                .extract()
                .path("code");
        Frontend.redeem(buyer.userId(), code).statusCode(200);

        // When
        broker.say(id, purchase);
        broker.say(purchase);
        Frontend.buy(broker, buyer, VoucherTerm.ofDays(1));

        // Then
        assertThat(Frontend.vouchers(buyer.userId())).hasSize(2).contains(voucher);
        assertThat(issued(purchase.anchor())).hasSize(1);
        assertThat(redeemed(voucher)).hasSize(1);
        Frontend.redeem(buyer.userId(), code).statusCode(409).body("code", equalTo("ALREADY_REDEEMED"));
    }

    @Test
    void theOrderAndTheNumberOfTellingsDoNotMatter() {
        // Given
        Database.Holder first = database.holder();
        Database.Holder second = database.holder();
        PaymentSettled one = Purchases.settled(first, VoucherTerm.ofMonths(1), VoucherTerm.ofMonths(2));
        PaymentSettled other = Purchases.settled(second, VoucherTerm.ofMonths(1), VoucherTerm.ofMonths(2));

        // When
        broker.say(one);
        broker.say(Purchases.provisioned(first));
        broker.say(one);
        broker.say(Purchases.provisioned(second));
        broker.say(Purchases.provisioned(second));
        broker.say(other);
        Frontend.buy(broker, database.holder(), VoucherTerm.ofDays(1));

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(state(first)).isEqualTo(state(second)).hasSize(2);
            assertThat(holder(first)).containsExactly(first.accountNumber());
            assertThat(holder(second)).containsExactly(second.accountNumber());
        });
    }

    @Test
    void whatCannotBeReadIsLaidAsideAndHoldsNobodyUp() {
        // Given
        Database.Holder buyer = database.holder();
        String id = UUID.randomUUID().toString();

        // When
        broker.say(id, Topics.BILLING_EVENTS, "PaymentSettled", "k", "{\"anchor\":7}".getBytes(StandardCharsets.UTF_8));
        broker.say(UUID.randomUUID().toString(), Topics.BILLING_EVENTS, "SomethingNew", "k", new byte[] {1});
        Frontend.buy(broker, buyer, VoucherTerm.ofDays(1));

        // Then
        String deadLetters = Topics.deadLetters(Topics.BILLING_EVENTS, Topics.VOUCHER);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.said(deadLetters))
                        .filteredOn(
                                record -> Broker.header(record, Headers.CE_ID).equals(id))
                        .singleElement()
                        .satisfies(record -> assertThat(Broker.header(record, Headers.DEAD_CODE))
                                .isEqualTo("UNREADABLE_EVENT")));
    }

    @Test
    void aPurchaseForAnAccountThatIsNotThereIsLaidAsideWithItsReason() {
        // Given
        Database.Holder nobody = new Database.Holder(UUID.randomUUID(), "9999999999999999");
        PaymentSettled purchase = Purchases.settled(nobody, VoucherTerm.ofDays(1));

        // When
        String id = broker.say(purchase);
        Frontend.buy(broker, database.holder(), VoucherTerm.ofDays(1));

        // Then
        String deadLetters = Topics.deadLetters(Topics.BILLING_EVENTS, Topics.VOUCHER);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.said(deadLetters))
                        .filteredOn(
                                record -> Broker.header(record, Headers.CE_ID).equals(id))
                        .singleElement()
                        .satisfies(record -> assertThat(Broker.header(record, Headers.DEAD_CODE))
                                .isEqualTo("SQL_23503")));
        assertThat(issued(purchase.anchor())).isEmpty();
    }

    private List<VoucherIssued> issued(String anchor) {
        await().atMost(PATIENCE).until(() -> database.count("select count(*) from voucher.outbox") == 0);
        return broker.said(Topics.VOUCHER_EVENTS, VoucherIssued.class).stream()
                .filter(event -> event.anchor().equals(anchor))
                .toList();
    }

    private List<VoucherRedeemed> redeemed(String voucher) {
        await().atMost(PATIENCE).until(() -> database.count("select count(*) from voucher.outbox") == 0);
        return broker.said(Topics.VOUCHER_EVENTS, VoucherRedeemed.class).stream()
                .filter(event -> event.voucherId().toString().equals(voucher))
                .toList();
    }

    private List<String> trail(String voucher) {
        return database.column(
                "select action from voucher.voucher_audit where voucher_id = ?::uuid order by id", voucher);
    }

    private List<String> state(Database.Holder holder) {
        return database.column("""
                select concat_ws(' ', unit, duration_months, duration_days, status, is_used, channel_id, updated_by,
                    (select string_agg(action, ',') from voucher.voucher_audit a where a.voucher_id = v.id))
                from voucher.vouchers v where owner_user_id = ? and associated_account = ? order by unit
                """, holder.userId(), holder.accountNumber());
    }

    private List<String> holder(Database.Holder holder) {
        return database.column("select account_number from voucher.account_holders where user_id = ?", holder.userId());
    }

    private void assertNowhere(String code) {
        String symbols = code.replace("-", "");
        assertThat(broker.said(Topics.VOUCHER_EVENTS))
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .noneMatch(body -> body.contains(code) || body.contains(symbols));
        List<String> tables = database.column(
                "select table_name from information_schema.tables where table_schema = 'voucher' and table_type = 'BASE TABLE'");
        assertThat(tables)
                .contains("vouchers", "voucher_audit", "inbox", "outbox")
                .allSatisfy(table -> assertThat(database.column("select t::text from voucher." + table + " t"))
                        .noneMatch(row -> row.contains(code) || row.contains(symbols)));
    }
}
