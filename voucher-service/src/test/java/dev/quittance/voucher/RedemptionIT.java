package dev.quittance.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherTerm;
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
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redeeming over HTTP, by many at once and by the same again. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class RedemptionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 100;

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
    void ofManyAtOnceExactlyOneRedeems() {
        // Given
        Database.Holder buyer = database.holder();
        String code = Frontend.code(broker, buyer);
        List<Database.Holder> others =
                Stream.generate(database::holder).limit(AT_ONCE - 1L).toList();
        List<Parallel.Call> calls = Stream.concat(Stream.of(buyer), others.stream())
                .map(user ->
                        new Parallel.Call(Tokens.of(user.userId()), Frontend.body(code, user.accountNumber()), null))
                .toList();

        // When
        List<Integer> statuses = Parallel.post(redeem(), calls).stream()
                .map(answer -> answer.statusCode())
                .toList();

        // Then
        assertThat(statuses).hasSize(AT_ONCE);
        assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
        assertThat(statuses).allMatch(status -> status == 200 || status == 404 || status == 409);
        String voucher = Frontend.vouchers(buyer.userId()).getFirst();
        assertThat(redeemed(voucher)).hasSize(1);
        assertThat(database.count(
                        "select count(*) from voucher.voucher_redemptions where voucher_id = ?::uuid", voucher))
                .isEqualTo(1);
    }

    @Test
    void oneRequestSentManyTimesAtOnceHasOneEffectAndOneAnswer() {
        // Given
        Database.Holder buyer = database.holder();
        String code = Frontend.code(broker, buyer);
        Parallel.Call call =
                new Parallel.Call(Tokens.of(buyer.userId()), "{\"code\":\"" + code + "\"}", "once-" + code.length());

        // When
        var answers = Parallel.post(redeem(), Collections.nCopies(AT_ONCE, call));

        // Then
        assertThat(answers).extracting(answer -> answer.statusCode()).containsOnly(200);
        assertThat(answers.stream().map(answer -> answer.body()).distinct()).hasSize(1);
        assertThat(redeemed(Frontend.vouchers(buyer.userId()).getFirst())).hasSize(1);
    }

    @Test
    void manyRequestsUnderOneKeyRedeemOneVoucherOnly() {
        // Given
        Database.Holder buyer = database.holder();
        VoucherTerm[] terms =
                IntStream.range(0, 20).mapToObj(_ -> VoucherTerm.ofMonths(1)).toArray(VoucherTerm[]::new);
        String token = Tokens.of(buyer.userId());
        List<Parallel.Call> calls = Frontend.buy(broker, buyer, terms).stream()
                .map(voucher ->
                        Frontend.reveal(buyer.userId(), voucher).extract().<String>path("code"))
                .map(code -> new Parallel.Call(token, "{\"code\":\"" + code + "\"}", "one-key"))
                .toList();

        // When
        var statuses = Parallel.post(redeem(), calls).stream()
                .map(answer -> answer.statusCode())
                .toList();

        // Then
        assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 422)).isEqualTo(terms.length - 1);
        assertThat(database.count(
                        "select count(*) from voucher.voucher_redemptions where redeemed_by = ?", buyer.userId()))
                .isEqualTo(1);
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerAndAnotherUnderItsKeyNone() {
        // Given
        Database.Holder buyer = database.holder();
        Database.Holder friend = database.holder();
        String code = Frontend.code(broker, buyer);
        String other = Frontend.code(broker, buyer);
        String first = Frontend.keyed(buyer, "k-1", Frontend.body(code, friend.accountNumber()))
                .statusCode(200)
                .body("accountNumber", equalTo(friend.accountNumber()))
                .extract()
                .asString();

        // When
        String again = Frontend.keyed(buyer, "k-1", Frontend.body(code.replace("-", ""), friend.accountNumber()))
                .statusCode(200)
                .extract()
                .asString();

        // Then
        assertThat(again).isEqualTo(first);
        Frontend.problem(
                Frontend.keyed(buyer, "k-1", Frontend.body(other, friend.accountNumber())),
                422,
                "IDEMPOTENCY_KEY_REUSED");
        Frontend.problem(
                Frontend.keyed(buyer, "k-1", Frontend.body(code, buyer.accountNumber())),
                422,
                "IDEMPOTENCY_KEY_REUSED");
        Frontend.problem(
                Frontend.keyed(buyer, "k-2", Frontend.body(code, friend.accountNumber())), 409, "ALREADY_REDEEMED");
        Frontend.keyed(friend, "k-1", Frontend.body(other, friend.accountNumber()))
                .statusCode(200);
    }

    private static URI redeem() {
        return URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/vouchers/redeem");
    }

    private List<VoucherRedeemed> redeemed(String voucher) {
        await().atMost(PATIENCE).until(() -> database.count("select count(*) from voucher.outbox") == 0);
        return broker.said(Topics.VOUCHER_EVENTS, VoucherRedeemed.class).stream()
                .filter(event -> event.voucherId().toString().equals(voucher))
                .toList();
    }
}
