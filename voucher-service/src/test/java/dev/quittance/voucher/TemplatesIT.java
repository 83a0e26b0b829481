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
import dev.quittance.voucher.scene.Secrets;
import dev.quittance.voucher.scene.Tokens;
import io.quarkus.mailer.MockMailbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of vouchers by their template, and of codes that are given away. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class TemplatesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern CODE = Pattern.compile("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}");

    private final Database database = Database.ofTheService();
    private Broker broker;

    @Inject
    MockMailbox mailbox;

    @BeforeEach
    void listen() {
        broker = new Broker();
    }

    @AfterEach
    void leave() {
        broker.close();
    }

    @Test
    void byItsTemplateAVoucherIsRedeemedIntoTheBuyersAccountAtOnce() {
        // Given
        Database.Holder buyer = database.holder();
        put(Map.of("origin", "purchase", "days", 77, "delivery", "redeem")).statusCode(200);

        // When
        String voucher = Frontend.buy(broker, buyer, VoucherTerm.ofDays(77)).getFirst();

        // Then
        assertThat(database.column("select status from voucher.vouchers where id = ?::uuid", voucher))
                .containsExactly("redeemed");
        await().atMost(PATIENCE).until(() -> database.count("select count(*) from voucher.outbox") == 0);
        assertThat(broker.said(Topics.VOUCHER_EVENTS, VoucherRedeemed.class))
                .filteredOn(event -> event.voucherId().toString().equals(voucher))
                .singleElement()
                .satisfies(event -> assertThat(event.accountNumber()).isEqualTo(buyer.accountNumber()));
    }

    @Test
    void byItsTemplateAVoucherExpires() {
        // Given
        Database.Holder buyer = database.holder();
        put(Map.of("origin", "purchase", "days", 78, "delivery", "hand-out", "validDays", 10))
                .statusCode(200);
        String voucher = Frontend.buy(broker, buyer, VoucherTerm.ofDays(78)).getFirst();
        String code = Frontend.reveal(buyer.userId(), voucher)
                .statusCode(200)
                .extract()
                .path("code");

        // When
        database.execute("update voucher.vouchers set expires_at = now() where id = ?::uuid", voucher);

        // Then
        Frontend.problem(Frontend.redeem(buyer.userId(), code), 404, "VOUCHER_NOT_FOUND");
        await().atMost(Duration.ofSeconds(90))
                .until(() -> database.column("select status from voucher.vouchers where id = ?::uuid", voucher)
                        .contains("expired"));
        assertThat(database.column("select action from voucher.voucher_audit where voucher_id = ?::uuid", voucher))
                .contains("expired");
    }

    @Test
    void nonsenseIsNoTemplate() {
        // When / Then
        Frontend.problem(put(Map.of("origin", "gift", "delivery", "redeem")), 400, "REQUEST_INVALID");
        Frontend.problem(put(Map.of("origin", "purchase")), 400, "REQUEST_INVALID");
        Frontend.problem(
                put(Map.of("origin", "purchase", "delivery", "redeem", "months", 1, "days", 1)),
                400,
                "REQUEST_INVALID");
    }

    @Test
    void aCodeThatIsGivenAwayIsMailedOnceAndNotKept() {
        // Given
        Database.Holder buyer = database.holder();
        Database.Holder friend = database.holder();
        String voucher = Frontend.buy(broker, buyer, VoucherTerm.ofDays(9)).getFirst();
        String recipient = "friend-" + UUID.randomUUID() + "@example.com";

        // When
        send(friend, voucher, recipient).statusCode(404).body("code", equalTo("VOUCHER_NOT_FOUND"));
        send(buyer, voucher, recipient).statusCode(202);

        // Then
        Frontend.problem(send(buyer, voucher, recipient), 409, "ALREADY_REVEALED");
        Frontend.problem(Frontend.reveal(buyer.userId(), voucher), 409, "ALREADY_REVEALED");
        await().atMost(PATIENCE).until(() -> mailbox.getMailsSentTo(recipient).size() == 1);
        Matcher code = CODE.matcher(mailbox.getMailsSentTo(recipient).getFirst().getText());
        assertThat(code.find()).isTrue();
        await().atMost(PATIENCE)
                .until(() -> database.column(
                                "select concat_ws(' ', status, recipient is null, sealed_code is null)"
                                        + " from voucher.voucher_mails where voucher_id = ?::uuid",
                                voucher)
                        .contains("sent t t"));
        Frontend.redeemFor(friend, code.group()).statusCode(200).body("days", equalTo(9));
    }

    @Test
    void whatIsNoAddressGetsNothing() {
        // Given
        Database.Holder buyer = database.holder();
        String voucher = Frontend.buy(broker, buyer, VoucherTerm.ofDays(9)).getFirst();

        // When / Then
        Frontend.problem(send(buyer, voucher, "nobody"), 400, "REQUEST_INVALID");
        Frontend.problem(send(buyer, voucher, "a@b.example\nBcc: c@d.example"), 400, "REQUEST_INVALID");
        Frontend.reveal(buyer.userId(), voucher).statusCode(200);
    }

    private static ValidatableResponse send(Database.Holder user, String voucher, String email) {
        return Frontend.as(user.userId())
                .body(Map.of("email", email))
                .post("/api/vouchers/{id}/send", voucher)
                .then();
    }

    private static ValidatableResponse put(Map<String, Object> template) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.ofRole("operator"))
                .contentType(ContentType.JSON)
                .body(template)
                .put("/api/admin/vouchers/templates")
                .then();
    }
}
