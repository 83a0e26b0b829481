package dev.quittance.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.voucher.scene.Broker;
import dev.quittance.voucher.scene.Database;
import dev.quittance.voucher.scene.Frontend;
import dev.quittance.voucher.scene.Secrets;
import dev.quittance.voucher.scene.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the wrong ones and those who send nonsense are told. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class RedemptionRefusalsIT {
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
    @DisplayName(
            "G8: unknown, void, expired and other people's codes are refused in the same words, and only their own learn more")
    void whoDoesNotKnowACodeLearnsNothingOfIt() {
        // Given
        Database.Holder buyer = database.holder();
        Database.Holder friend = database.holder();
        Database.Holder stranger = database.holder();
        String used = Frontend.code(broker, buyer);
        Frontend.as(friend.userId())
                .body(Frontend.body(used, friend.accountNumber()))
                .post("/api/vouchers/redeem")
                .then()
                .statusCode(200);
        String voided = Frontend.code(broker, buyer);
        database.execute(
                "update voucher.vouchers set status = 'void' where owner_user_id = ? and status = 'active'",
                buyer.userId());
        String expired = Frontend.code(broker, buyer);
        database.execute(
                "update voucher.vouchers set status = 'expired' where owner_user_id = ? and status = 'active'",
                buyer.userId());

        // When
        List<String> answers = Stream.of(
                        used,
                        voided,
                        expired,
                        "0000-0000-0000-0000",
                        "0000-0000-0000-0001",
                        "nonsense",
                        "",
                        "U".repeat(3_000))
                .map(code -> Frontend.problem(
                                Frontend.as(stranger.userId())
                                        .body(Frontend.body(code, stranger.accountNumber()))
                                        .post("/api/vouchers/redeem")
                                        .then(),
                                404,
                                "VOUCHER_NOT_FOUND")
                        .extract()
                        .asString())
                .distinct()
                .toList();

        // Then
        assertThat(answers).hasSize(1);
        Frontend.problem(Frontend.redeem(buyer.userId(), used), 409, "ALREADY_REDEEMED");
        Frontend.problem(Frontend.redeem(friend.userId(), used), 409, "ALREADY_REDEEMED");
    }

    @Test
    void anUnknownAccountLeavesTheVoucherAsItWas() {
        // Given
        Database.Holder buyer = database.holder();
        String code = Frontend.code(broker, buyer);
        UUID withoutAccount = UUID.randomUUID();

        // When
        for (String number : List.of("9999999999999999", "1", "", "9999'; --", "9".repeat(500), "\u0000")) {
            Frontend.problem(
                    Frontend.as(buyer.userId())
                            .body(Map.of("code", code, "accountNumber", number))
                            .post("/api/vouchers/redeem")
                            .then(),
                    404,
                    "ACCOUNT_NOT_FOUND");
        }
        Frontend.problem(Frontend.redeem(withoutAccount, code), 404, "ACCOUNT_NOT_FOUND");

        // Then
        Frontend.redeem(buyer.userId(), code).statusCode(200).body("accountNumber", equalTo(buyer.accountNumber()));
    }

    @Test
    void aCodeIsHandedOutOnceAndToItsOwnerOnly() {
        // Given
        Database.Holder buyer = database.holder();
        Database.Holder stranger = database.holder();
        String voucher = Frontend.buy(broker, buyer, VoucherTerm.ofMonths(1)).getFirst();

        // When
        Frontend.problem(Frontend.reveal(stranger.userId(), voucher), 404, "VOUCHER_NOT_FOUND");
        Frontend.reveal(buyer.userId(), voucher).statusCode(200);

        // Then
        Frontend.problem(Frontend.reveal(buyer.userId(), voucher), 409, "ALREADY_REVEALED");
        Frontend.problem(Frontend.reveal(stranger.userId(), voucher), 404, "VOUCHER_NOT_FOUND");
        Frontend.problem(Frontend.reveal(buyer.userId(), UUID.randomUUID().toString()), 404, "VOUCHER_NOT_FOUND");
        Frontend.problem(Frontend.reveal(buyer.userId(), "1"), 404, "VOUCHER_NOT_FOUND");
        assertThat(Frontend.vouchers(stranger.userId())).isEmpty();
        assertThat(database.column("select sealed_code from voucher.vouchers where id = ?::uuid", voucher))
                .containsExactly("null");
    }

    @Test
    void aLongListComesInPages() {
        // Given
        Database.Holder buyer = database.holder();
        int count = 450;
        broker.say(dev.quittance.voucher.scene.Purchases.settled(
                buyer,
                IntStream.range(0, count).mapToObj(_ -> VoucherTerm.ofDays(1)).toArray(VoucherTerm[]::new)));
        await().atMost(PATIENCE)
                .until(() ->
                        database.count("select count(*) from voucher.vouchers where owner_user_id = ?", buyer.userId())
                                == count);

        // When
        List<String> all = new java.util.ArrayList<>();
        String next = "";
        for (int pages = 0; next != null && pages < 5; pages++) {
            var page = Frontend.as(buyer.userId())
                    .get("/api/vouchers" + (next.isEmpty() ? "" : "?after=" + next))
                    .then()
                    .statusCode(200)
                    .extract();
            all.addAll(page.path("vouchers.id"));
            next = page.path("next");
        }

        // Then
        assertThat(all).hasSize(count).doesNotHaveDuplicates();
        Frontend.problem(
                Frontend.as(buyer.userId()).get("/api/vouchers?after=x").then(), 400, "REQUEST_INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "{}", "{\"code\":7}", "{\"code\":null}", "\u0000", "{\"code\":\"\\ud800"})
    void nonsenseIsAnsweredWithAProblem(String body) {
        // When
        ValidatableResponse answer = Frontend.as(UUID.randomUUID())
                .body(body)
                .post("/api/vouchers/redeem")
                .then();

        // Then
        Frontend.problem(answer, 400, "REQUEST_INVALID");
    }

    @Test
    void tooMuchIsAnsweredWithAProblem() {
        // When
        ValidatableResponse answer = Frontend.as(UUID.randomUUID())
                .body(Frontend.body("A".repeat(5_000), "1"))
                .post("/api/vouchers/redeem")
                .then();

        // Then
        Frontend.problem(answer, 400, "BODY_TOO_LARGE");
    }

    @Test
    void whatIsNotJsonAtAllIsRefusedAsSuch() {
        // When
        ValidatableResponse answer = RestAssured.given()
                .auth()
                .oauth2(Tokens.of(UUID.randomUUID()))
                .contentType(ContentType.TEXT)
                .body("code")
                .post("/api/vouchers/redeem")
                .then();

        // Then
        Frontend.problem(answer, 415, "REQUEST_NOT_ACCEPTED");
        Frontend.problem(
                Frontend.keyed(database.holder(), "not visible", Frontend.body("A", "1")),
                400,
                "IDEMPOTENCY_KEY_INVALID");
        Frontend.problem(
                Frontend.keyed(database.holder(), "k".repeat(256), Frontend.body("A", "1")),
                400,
                "IDEMPOTENCY_KEY_INVALID");
    }
}
