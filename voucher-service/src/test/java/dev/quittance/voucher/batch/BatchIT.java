package dev.quittance.voucher.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherIssued;
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
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** An operator's batches, from the order to the last code. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class BatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BATCHES = "/api/admin/vouchers/batches";

    private final Database database = Database.ofTheService();

    @Test
    void aBatchIsMadeDownloadedOnceActivatedAndRedeemed() throws JoseException {
        // Given
        Database.Holder buyer = database.holder();
        String batch = create("spring", 12_000, 1);
        EllipticCurveJsonWebKey recipient = EcJwkGenerator.generateJwk(EllipticCurves.P256);

        // When
        awaitStatus(batch, "GENERATED");
        Response download = download(batch, recipient);
        List<String> codes = codes(open(download.asString(), recipient));

        // Then
        assertThat(codes).hasSize(12_000).doesNotHaveDuplicates();
        assertThat(download.header("Quittance-Part")).isEqualTo("1/1");
        Frontend.problem(download(batch, recipient).then(), 409, "BATCH_DOWNLOADED");
        Frontend.problem(Frontend.redeemFor(buyer, codes.get(7)), 404, "VOUCHER_NOT_FOUND");
        operator().post(BATCHES + "/" + batch + "/activate").then().statusCode(202);
        awaitStatus(batch, "ACTIVE");
        Frontend.redeemFor(buyer, codes.get(7)).statusCode(200).body("months", equalTo(1));
        Frontend.redeemFor(buyer, codes.getLast()).statusCode(200);
        assertThat(audit(batch)).containsExactly("created", "generated", "downloaded", "activating", "active");
        assertThat(database.column("select sealed_key from voucher.voucher_batches where id = ?::uuid", batch))
                .containsExactly("null");
        await().atMost(PATIENCE).until(() -> database.count("select count(*) from voucher.outbox") == 0);
        try (Broker broker = new Broker()) {
            assertThat(broker.said(Topics.VOUCHER_EVENTS, VoucherIssued.class))
                    .filteredOn(event -> event.anchor().equals("batch:" + batch))
                    .extracting(VoucherIssued::userId)
                    .containsExactly(buyer.userId(), buyer.userId());
        }
    }

    @Test
    void aVoidedBatchIsWorthNothingButWhatWasRedeemedStays() throws JoseException {
        // Given
        Database.Holder buyer = database.holder();
        String batch = create("stolen", 50, 1);
        EllipticCurveJsonWebKey recipient = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        awaitStatus(batch, "GENERATED");
        List<String> codes = codes(open(download(batch, recipient).asString(), recipient));
        operator().post(BATCHES + "/" + batch + "/activate").then().statusCode(202);
        awaitStatus(batch, "ACTIVE");
        Frontend.redeemFor(buyer, codes.getFirst()).statusCode(200);

        // When
        operator().post(BATCHES + "/" + batch + "/void").then().statusCode(202);
        awaitStatus(batch, "VOID");

        // Then
        Frontend.problem(Frontend.redeemFor(buyer, codes.get(1)), 404, "VOUCHER_NOT_FOUND");
        Frontend.problem(operator().post(BATCHES + "/" + batch + "/activate").then(), 409, "BATCH_NOT_READY");
        assertThat(database.column(
                        "select status || ' ' || count(*) from voucher.vouchers where anchor = ? group by status order by 1",
                        "batch:" + batch))
                .containsExactly("redeemed 1", "void 49");
    }

    @Test
    void aCodeOfABatchMayBeForMany() throws JoseException {
        // Given
        String batch = create("campaign", 1, 2);
        EllipticCurveJsonWebKey recipient = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        awaitStatus(batch, "GENERATED");
        String code =
                codes(open(download(batch, recipient).asString(), recipient)).getFirst();
        operator().post(BATCHES + "/" + batch + "/activate").then().statusCode(202);
        awaitStatus(batch, "ACTIVE");

        // When / Then
        Frontend.redeemFor(database.holder(), code).statusCode(200);
        Frontend.redeemFor(database.holder(), code).statusCode(200);
        Frontend.problem(Frontend.redeemFor(database.holder(), code), 404, "VOUCHER_NOT_FOUND");
    }

    @Test
    void aBatchIsListedInPages() {
        // Given
        String batch = create("pages", 450, 1);
        awaitStatus(batch, "GENERATED");

        // When
        List<Integer> units = new ArrayList<>();
        Integer next = 0;
        for (int pages = 0; next != null && pages < 5; pages++) {
            var page = operator()
                    .get(BATCHES + "/" + batch + "/vouchers?after=" + next)
                    .then()
                    .statusCode(200)
                    .extract();
            units.addAll(page.path("vouchers.unit"));
            next = page.path("next");
        }

        // Then
        assertThat(units).hasSize(450).isSorted().doesNotHaveDuplicates();
        assertThat(operator().get(BATCHES).then().statusCode(200).extract().<List<String>>path("batches.name"))
                .anyMatch(name -> name.startsWith("pages"));
    }

    @Test
    void codesThatWereMadeElsewhereAreTakenIn() {
        // Given
        Database.Holder buyer = database.holder();
        String name = "old " + UUID.randomUUID();
        String code = "OLD-" + UUID.randomUUID().toString().substring(0, 13);
        String csv = "code,months,days\n" + code + ",3,0\n";

        // When
        String batch = importCsv(name, csv).then().statusCode(202).extract().path("id");
        importCsv(name, "code,months,days\n" + code + "-2,0,9\n")
                .then()
                .statusCode(202)
                .body("size", equalTo(2));
        Frontend.problem(importCsv(name, csv).then(), 400, "REQUEST_INVALID");
        operator().post(BATCHES + "/" + batch + "/activate").then().statusCode(202);
        awaitStatus(batch, "ACTIVE");

        // Then
        Frontend.redeemFor(buyer, code.toLowerCase(java.util.Locale.ROOT))
                .statusCode(200)
                .body("months", equalTo(3));
        assertThat(database.column("select t::text from voucher.vouchers t where anchor = ?", "batch:" + batch))
                .hasSize(2)
                .noneMatch(row -> row.contains(code.replace("-", "")));
    }

    @Test
    void onlyOperatorsMay() {
        // When / Then
        for (String token : List.of(Tokens.of(UUID.randomUUID()), Tokens.ofRole("anon"))) {
            Frontend.problem(
                    RestAssured.given().auth().oauth2(token).get(BATCHES).then(), 403, "FORBIDDEN");
        }
        Frontend.problem(RestAssured.given().get(BATCHES).then(), 401, "UNAUTHENTICATED");
        Frontend.problem(operator().get(BATCHES + "/" + UUID.randomUUID()).then(), 404, "BATCH_NOT_FOUND");
        for (String body : List.of(
                "",
                "{}",
                "{\"name\":\"x\",\"size\":0,\"months\":1}",
                "{\"name\":\"x\",\"size\":1000001,\"months\":1}",
                "{\"name\":\"x\",\"size\":1,\"months\":1,\"days\":1}",
                "{\"name\":\"\",\"size\":1,\"months\":1}")) {
            Frontend.problem(operator().body(body).post(BATCHES).then(), 400, "REQUEST_INVALID");
        }
    }

    @Test
    void twoBatchesDoNotShareAName() {
        // Given
        String name = "one " + UUID.randomUUID();
        Map<String, Object> body = Map.of("name", name, "size", 1, "days", 5);
        operator().body(body).post(BATCHES).then().statusCode(202);

        // When / Then
        Frontend.problem(operator().body(body).post(BATCHES).then(), 409, "BATCH_NAME_TAKEN");
    }

    private String create(String name, int size, int uses) {
        return operator()
                .body(Map.of(
                        "name",
                        name + " " + UUID.randomUUID(),
                        "channel",
                        "reseller",
                        "size",
                        size,
                        "months",
                        1,
                        "uses",
                        uses))
                .post(BATCHES)
                .then()
                .statusCode(202)
                .body("channel", equalTo("reseller"))
                .extract()
                .path("id");
    }

    private static void awaitStatus(String batch, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> operator()
                        .get(BATCHES + "/" + batch)
                        .then()
                        .statusCode(200)
                        .body("status", equalTo(status)));
    }

    private static Response download(String batch, EllipticCurveJsonWebKey recipient) {
        return operator()
                .body(recipient.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                .post(BATCHES + "/" + batch + "/download");
    }

    /** As whoever gets the codes opens them: with the own key, and the service's to check who signed. */
    private static String open(String jose, EllipticCurveJsonWebKey recipient) throws JoseException {
        JsonWebEncryption encrypted = new JsonWebEncryption();
        encrypted.setKey(recipient.getPrivateKey());
        encrypted.setCompactSerialization(jose);
        JsonWebSignature signed = new JsonWebSignature();
        signed.setCompactSerialization(encrypted.getPlaintextString());
        String key = operator()
                .get(BATCHES + "/signing-key")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .prettyPrint();
        Map<String, Object> jwk = io.restassured.path.json.JsonPath.from(key).getMap("key");
        signed.setKey(PublicJsonWebKey.Factory.newPublicJwk(jwk).getPublicKey());
        assertThat(signed.verifySignature()).isTrue();
        return signed.getPayload();
    }

    private static List<String> codes(String csv) {
        return csv.lines().skip(1).map(line -> line.split(",", -1)[1]).toList();
    }

    private static Response importCsv(String name, String csv) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.ofRole("operator"))
                .contentType("text/csv")
                .queryParam("name", name)
                .body(csv.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(BATCHES + "/import");
    }

    private List<String> audit(String batch) {
        return database.column("select action from voucher.batch_audit where batch_id = ?::uuid order by id", batch);
    }

    private static RequestSpecification operator() {
        return RestAssured.given().auth().oauth2(Tokens.ofRole("operator")).contentType(ContentType.JSON);
    }
}
