package dev.quittance.endtoend.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.endtoend.purchase.Purchase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** G3: what is paid for arrives, whole; and G9: one trace leads from the POST to the last consumer. */
@ExtendWith(StoryStack.Started.class)
class PurchaseStory {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void aPaidCheckoutBecomesAUserBooksAndAVoucherThatExtendsTheAccount(StoryStack stack) throws Exception {
        // Given
        Shop shop = stack.shop();
        String email = "one.purchase@example.com";
        Effects effects = new Effects(stack);

        // When
        shop.buy(shop.price(), email, Map.of());

        // Then
        effects.awaitCounts(email, Effects.Counts.each(1));
        Buyer buyer = stack.buyer(effects.awaitUser(email));
        JsonNode voucher = onlyVoucher(buyer);
        assertThat(voucher.path("months").asInt()).isEqualTo(1);
        assertThat(voucher.path("status").asText()).isEqualTo("active");
        String code = buyer.post("/api/vouchers/" + voucher.path("id").asText() + "/reveal", "{}")
                .body()
                .path("code")
                .asText();
        Buyer.Answer redeemed = buyer.post("/api/vouchers/redeem", "{\"code\":\"" + code + "\"}");
        assertThat(redeemed.status()).as("%s", redeemed.body()).isEqualTo(200);
        awaitExpiry(buyer, Instant.now().atOffset(ZoneOffset.UTC).plusMonths(1).toInstant());
        assertThat(buyer.post("/api/vouchers/redeem", "{\"code\":\"" + code + "\"}")
                        .status())
                .isBetween(400, 499);
        effects.verify();
        stack.mailbox().awaitSubjects(email, "Your receipt");
        stack.mailbox().only(email, "Your receipt", "Paid: 10.50 EUR", "Vouchers: 1");
    }

    @Test
    void theSessionsGrantsStandBesideTheVoucherOfItsProduct(StoryStack stack) {
        // Given
        Shop shop = stack.shop();
        String email = "points.purchase@example.com";

        // When
        shop.buy(shop.price(), email, Map.of("points", "500", "credits", "20"));

        // Then
        Effects effects = new Effects(stack);
        effects.awaitCounts(email, Effects.Counts.each(1));
        JsonNode balances = stack.buyer(effects.awaitUser(email))
                .get("/api/balances")
                .body()
                .path("balances");
        assertThat(balances)
                .extracting(balance -> balance.path("amount").asLong() + " "
                        + balance.path("unit").asText())
                .contains("500 points", "20 credits");
    }

    @Test
    void aTraceLeadsFromThePostToTheVoucher(StoryStack stack) {
        // Given
        Purchase purchase = new Purchase("traced");
        Map<String, String> trace = Map.of(Headers.TRACEPARENT, "00-" + TRACE + "-00f067aa0ba902b7-01");

        stack.shop().put(purchase.balanceTransaction());

        // When
        purchase.events().forEach(event -> stack.webhook().postUntilTaken(event, trace));
        new Effects(stack).awaitCounts(purchase.email(), Effects.Counts.each(1));

        // Then
        List<ConsumerRecord<String, byte[]>> issued = await("the voucher's event")
                .atMost(StoryStack.PATIENCE)
                .until(
                        () -> stack.broker()
                                .records(
                                        Topics.VOUCHER_EVENTS,
                                        record -> new String(record.value(), UTF_8)
                                                .contains("\"" + purchase.paymentIntent() + "\"")),
                        records -> !records.isEmpty());
        assertThat(issued)
                .singleElement()
                .extracting(record -> Broker.header(record, Headers.TRACEPARENT))
                .asString()
                .startsWith("00-" + TRACE + "-");
    }

    @Test
    void nobodySeesAnothersPurchase(StoryStack stack) {
        // When
        Buyer.Answer vouchers = stack.buyer(UUID.randomUUID()).get("/api/vouchers");
        Buyer.Answer account = stack.buyer(UUID.randomUUID()).get("/api/account");

        // Then
        assertThat(vouchers.body().path("vouchers")).isEmpty();
        assertThat(account.status()).isEqualTo(404);
    }

    private static JsonNode onlyVoucher(Buyer buyer) {
        JsonNode vouchers = buyer.get("/api/vouchers").body().path("vouchers");
        assertThat(vouchers).hasSize(1);
        return vouchers.path(0);
    }

    private static void awaitExpiry(Buyer buyer, Instant expected) {
        await("the account's expiry to move by the voucher's month")
                .atMost(StoryStack.PATIENCE)
                .untilAsserted(() -> {
                    String expiry =
                            buyer.get("/api/account").body().path("expiry").asText("");
                    assertThat(expiry).isNotEmpty();
                    assertThat(Instant.parse(expiry)).isCloseTo(expected, within(5, ChronoUnit.MINUTES));
                });
    }
}
