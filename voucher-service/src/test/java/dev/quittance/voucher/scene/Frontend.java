package dev.quittance.voucher.scene;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.quittance.contracts.voucher.VoucherTerm;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** The service as a user's application calls it. */
public final class Frontend {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Frontend() {}

    public static RequestSpecification as(UUID user) {
        return given().auth().oauth2(Tokens.of(user)).contentType(ContentType.JSON);
    }

    public static List<String> vouchers(UUID owner) {
        return as(owner).get("/api/vouchers").then().statusCode(200).extract().path("vouchers.id");
    }

    public static ValidatableResponse reveal(UUID owner, String voucher) {
        return as(owner).post("/api/vouchers/{id}/reveal", voucher).then();
    }

    public static ValidatableResponse redeem(UUID user, String code) {
        return as(user).body(Map.of("code", code)).post("/api/vouchers/redeem").then();
    }

    /** By its number, which a user knows before we have heard of it. */
    public static ValidatableResponse redeemFor(Database.Holder user, String code) {
        return as(user.userId())
                .body(body(code, user.accountNumber()))
                .post("/api/vouchers/redeem")
                .then();
    }

    /** Buys vouchers of these terms and waits until they are there. */
    public static List<String> buy(Broker broker, Database.Holder buyer, VoucherTerm... terms) {
        int before = vouchers(buyer.userId()).size();
        broker.say(Purchases.settled(buyer, terms));
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> vouchers(buyer.userId()), all -> all.size() == before + terms.length);
    }

    /** Buys one and has its code handed out. */
    public static String code(Broker broker, Database.Holder buyer) {
        String voucher = buy(broker, buyer, VoucherTerm.ofMonths(1)).getFirst();
        return reveal(buyer.userId(), voucher).statusCode(200).extract().path("code");
    }

    /** A body of a redemption. */
    public static String body(String code, String accountNumber) {
        return "{\"code\":\"" + code + "\",\"accountNumber\":\"" + accountNumber + "\"}";
    }

    public static ValidatableResponse keyed(Database.Holder user, String key, String body) {
        return as(user.userId())
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/vouchers/redeem")
                .then();
    }

    /** Holds the answer to be the problem document of this code. */
    public static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
        return answer.statusCode(status)
                .contentType(startsWith("application/problem+json"))
                .body("code", equalTo(code))
                .body("status", equalTo(status));
    }
}
