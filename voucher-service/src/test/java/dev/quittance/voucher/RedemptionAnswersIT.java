package dev.quittance.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.provisioning.AccessChanged;
import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.voucher.scene.Broker;
import dev.quittance.voucher.scene.Database;
import dev.quittance.voucher.scene.Frontend;
import dev.quittance.voucher.scene.Parallel;
import dev.quittance.voucher.scene.Secrets;
import dev.quittance.voucher.scene.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a redemption answers, and what decides when many ask. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class RedemptionAnswersIT {
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

    @ParameterizedTest
    @DisplayName("G1: of many parallel redemptions of one code exactly one wins")
    @CsvSource({"HTTP_1_1, 50", "HTTP_2, 200"})
    void exactlyOneWins(HttpClient.Version version, int count) {
        // Given
        Database.Holder buyer = database.holder();
        String code = Frontend.code(broker, buyer);
        List<Parallel.Call> calls = Stream.generate(database::holder)
                .limit(count)
                .map(user -> call(user, code))
                .toList();

        // When
        List<HttpResponse<String>> answers = Parallel.post(version, redeem(), calls);

        // Then
        List<Integer> statuses = answers.stream().map(HttpResponse::statusCode).toList();
        assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 404)).isEqualTo(count - 1);
        assertThat(answers).extracting(HttpResponse::version).containsOnly(version);
        assertThat(database.count(
                        "select count(*) from voucher.voucher_redemptions r join voucher.vouchers v on v.id = r.voucher_id"
                                + " where v.owner_user_id = ?",
                        buyer.userId()))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("G2: a code for three, redeemed by five at once, is redeemed exactly three times")
    void aCodeForThreeIsRedeemedThreeTimes() {
        // Given
        Database.Holder maker = database.holder();
        String code = Frontend.code(broker, maker);
        database.execute(
                "update voucher.vouchers set uses_max = 3 where owner_user_id = ? and status = 'active'",
                maker.userId());
        List<Database.Holder> users = Stream.generate(database::holder).limit(5).toList();

        // When
        List<Integer> statuses = Parallel.post(
                        redeem(), users.stream().map(user -> call(user, code)).toList())
                .stream()
                .map(HttpResponse::statusCode)
                .toList();

        // Then
        assertThat(Collections.frequency(statuses, 200)).isEqualTo(3);
        assertThat(Collections.frequency(statuses, 404)).isEqualTo(2);
        assertThat(database.column(
                        "select concat_ws(' ', status, uses) from voucher.vouchers where owner_user_id = ? and used_of is null",
                        maker.userId()))
                .containsExactly("expired 3");
        await().atMost(PATIENCE).until(() -> database.count("select count(*) from voucher.outbox") == 0);
        List<String> accounts =
                users.stream().map(Database.Holder::accountNumber).toList();
        assertThat(broker.said(Topics.VOUCHER_EVENTS, VoucherRedeemed.class))
                .filteredOn(event -> accounts.contains(event.accountNumber()))
                .extracting(VoucherRedeemed::voucherId)
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(broker.said(Topics.VOUCHER_EVENTS, VoucherIssued.class))
                .filteredOn(event -> accounts.contains(event.accountNumber()))
                .hasSize(3);
    }

    @Test
    @DisplayName("G2: an account takes a code for many once")
    void anAccountTakesACodeForManyOnce() {
        // Given
        Database.Holder maker = database.holder();
        Database.Holder user = database.holder();
        String code = Frontend.code(broker, maker);
        database.execute("update voucher.vouchers set uses_max = 3 where owner_user_id = ?", maker.userId());

        // When
        List<Integer> statuses = Parallel.post(redeem(), Collections.nCopies(5, call(user, code))).stream()
                .map(HttpResponse::statusCode)
                .toList();

        // Then
        assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 409)).isEqualTo(4);
        Frontend.problem(Frontend.redeemFor(user, code), 409, "ALREADY_REDEEMED");
    }

    @Test
    @DisplayName("G9: the answer says how far the account is paid, from now when it had run out")
    void theAnswerSaysHowFarTheAccountIsPaid() {
        // Given
        Database.Holder buyer = database.holder();
        Instant past = Instant.parse("2026-01-01T00:00:00Z");
        extended(buyer, past, "expiry:" + UUID.randomUUID(), Instant.parse("2025-12-01T00:00:00Z"));

        // When
        Instant before = Instant.now();
        JsonPath first = Frontend.redeemFor(buyer, Frontend.code(broker, buyer))
                .statusCode(200)
                .extract()
                .jsonPath();
        JsonPath second = Frontend.redeemFor(buyer, Frontend.code(broker, buyer))
                .statusCode(200)
                .extract()
                .jsonPath();

        // Then
        assertThat(first.getString("previousExpiry")).isEqualTo(past.toString());
        assertThat(Instant.parse(first.getString("expiry"))).isAfter(before.plus(Duration.ofDays(27)));
        assertThat(first.getInt("daysAdded")).isBetween(28, 31);
        assertThat(second.getString("previousExpiry")).isEqualTo(first.getString("expiry"));
        assertThat(Instant.parse(second.getString("expiry"))).isAfter(before.plus(Duration.ofDays(58)));
    }

    @Test
    @DisplayName("G6: repeated under its key, the answer is the first one, whatever was told of the account since")
    void aRepeatedRequestGetsTheSameAnswer() {
        // Given
        Database.Holder buyer = database.holder();
        String code = Frontend.code(broker, buyer);
        String body = Frontend.body(code, buyer.accountNumber());
        String first =
                Frontend.keyed(buyer, "g6", body).statusCode(200).extract().asString();

        // When
        extended(buyer, Instant.parse("2030-01-01T00:00:00Z"), "expiry:" + UUID.randomUUID(), Instant.now());

        // Then
        assertThat(Frontend.keyed(buyer, "g6", body).statusCode(200).extract().asString())
                .isEqualTo(first);
        assertThat(database.count(
                        "select count(*) from voucher.voucher_redemptions where redeemed_by = ?", buyer.userId()))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("G9: a closed account takes no voucher, which stays as it was; an unknown one is not found")
    void aClosedAccountTakesNoVoucher() {
        // Given
        Database.Holder buyer = database.holder();
        String code = Frontend.code(broker, buyer);
        access(buyer, 2, false, "closed");
        access(buyer, 1, true, "paid");

        // When / Then
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        Frontend.problem(Frontend.redeemFor(buyer, "0000-0000-0000-0012"), 404, "VOUCHER_NOT_FOUND"));
        Frontend.problem(Frontend.redeemFor(buyer, code), 409, "ACCOUNT_CLOSED");
        Frontend.problem(
                Frontend.redeemFor(new Database.Holder(buyer.userId(), "9999999999999999"), code),
                404,
                "ACCOUNT_NOT_FOUND");
        access(buyer, 3, true, "paid");
        Frontend.redeemFor(buyer, code).statusCode(200);
    }

    private void access(Database.Holder user, long revision, boolean granted, String reason) {
        broker.say(new AccessChanged(
                user.userId(), user.accountNumber(), granted, null, List.of(reason), revision, Instant.now()));
        await().atMost(PATIENCE)
                .until(() -> database.count(
                                "select count(*) from voucher.account_expiries where account_number = ? and access_revision >= ?",
                                user.accountNumber(),
                                revision)
                        == 1);
    }

    private void extended(Database.Holder user, Instant expiry, String cause, @Nullable Instant at) {
        broker.say(new AccountExtended(
                user.userId(), user.accountNumber(), null, expiry, cause, at == null ? Instant.now() : at));
        await().atMost(PATIENCE)
                .until(() -> database.count("select count(*) from voucher.account_moves where cause = ?", cause) == 1);
    }

    private static Parallel.Call call(Database.Holder user, String code) {
        return new Parallel.Call(Tokens.of(user.userId()), Frontend.body(code, user.accountNumber()), null);
    }

    private static URI redeem() {
        return URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/vouchers/redeem");
    }
}
