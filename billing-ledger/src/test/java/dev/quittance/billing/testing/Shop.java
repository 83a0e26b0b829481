package dev.quittance.billing.testing;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** The shop's doors, as its operator and its buyers use them. */
public final class Shop {
    private Shop() {}

    /** A product that costs 300 points or 15 euros. */
    public static UUID product(String type, boolean stocked, String more) {
        UUID id = UUID.randomUUID();
        operator("PUT", "/api/admin/products/" + id, UUID.randomUUID().toString(), """
                {"name":"Print %s","type":"%s","priceMinor":1500,"currency":"EUR","pricePoints":300,"stocked":%b,
                 "contentUrl":"https://content.example/%s"%s}""".formatted(
                                id, type, stocked, id, more))
                .statusCode(200);
        return id;
    }

    /** A counted product of which there are so many. */
    public static UUID stocked(String type, long quantity, String more) {
        UUID id = product(type, true, more);
        count(id, "received", quantity).statusCode(200);
        return id;
    }

    public static ValidatableResponse count(UUID product, String kind, long quantity) {
        return operator(
                "POST",
                "/api/admin/products/" + product + "/stock",
                UUID.randomUUID().toString(),
                "{\"kind\":\"" + kind + "\",\"quantity\":" + quantity + "}");
    }

    public static ValidatableResponse operator(String method, String path, String key, String body) {
        return send(given().auth().oauth2(StripeDouble.operatorToken()), method, path, key, body);
    }

    public static ValidatableResponse user(UUID user, String method, String path, String key, String body) {
        return send(given().auth().oauth2(StripeDouble.userToken(user)), method, path, key, body);
    }

    public static ValidatableResponse get(UUID user, String path) {
        return given().filter(Documented.FILTER)
                .auth()
                .oauth2(StripeDouble.userToken(user))
                .get(path)
                .then();
    }

    /** One line of a body's {@code items}. */
    public static String items(UUID product, int quantity) {
        return "\"items\":[{\"productId\":\"" + product + "\",\"quantity\":" + quantity + "}]";
    }

    private static ValidatableResponse send(
            RequestSpecification request, String method, String path, String key, String body) {
        return request.filter(Documented.FILTER)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .request(method, path)
                .then();
    }
}
