package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.endtoend.purchase.Purchase;
import dev.quittance.endtoend.story.Collector.Seen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** G9: who looks at a trace sees what led to what, from the POST to the last effect, and nobody's name. */
@ExtendWith(StoryStack.Started.class)
class TraceStory {
    private static final String PURCHASE = "5bf92f3577b34da6a3ce929d0e0e4736";
    private static final String REDEMPTION = "6bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDER = "00f067aa0ba902b7";
    private static final String CODE = "code";

    @Test
    void aTraceLeadsFromThePostToTheLastEffect(StoryStack stack) {
        // Given
        Purchase purchase = new Purchase("spans");
        stack.shop().put(purchase.balanceTransaction());
        Effects effects = new Effects(stack);

        // When
        purchase.events().forEach(event -> stack.webhook().postUntilTaken(event, trace(PURCHASE)));
        effects.awaitCounts(purchase.email(), Effects.Counts.each(1));
        Buyer buyer = stack.buyer(effects.awaitUser(purchase.email()));
        String voucher = buyer.get("/api/vouchers")
                .body()
                .path("vouchers")
                .path(0)
                .path("id")
                .asText();
        String code = buyer.post("/api/vouchers/" + voucher + "/reveal", "{}")
                .body()
                .path(CODE)
                .asText();
        Buyer.Answer redeemed =
                buyer.post("/api/vouchers/redeem", "{\"" + CODE + "\":\"" + code + "\"}", trace(REDEMPTION));

        // Then
        assertThat(redeemed.status()).as("%s", redeemed.body()).isEqualTo(200);
        assertThat(wayBack(stack, PURCHASE, "billing-ledger: process voucher.events.v1"))
                .endsWith(
                        "billing-ledger: process stripe.events.v1",
                        "webhook-ingest: publish stripe.events.v1",
                        "webhook-ingest: POST /api/webhooks/stripe")
                .startsWith(
                        "billing-ledger: process voucher.events.v1",
                        "voucher-service: publish voucher.events.v1",
                        "voucher-service: process billing.events.v1",
                        "billing-ledger: publish billing.events.v1");
        assertThat(wayBack(stack, PURCHASE, "billing-ledger: stripe balance_transaction"))
                .endsWith(
                        "billing-ledger: stripe balance_transaction",
                        "billing-ledger: process stripe.events.v1",
                        "webhook-ingest: publish stripe.events.v1",
                        "webhook-ingest: POST /api/webhooks/stripe");
        assertThat(wayBack(stack, REDEMPTION, "provisioning-service: transaction provisioning"))
                .element(1)
                .asString()
                .startsWith("provisioning-service: process ");
        // What reads it without doing anything is no part of the trace.
        assertThat(wayBack(stack, REDEMPTION, "provisioning-service: publish provisioning.events.v1"))
                .containsExactly(
                        "provisioning-service: publish provisioning.events.v1",
                        "provisioning-service: process voucher.events.v1",
                        "voucher-service: publish voucher.events.v1",
                        "voucher-service: POST /api/vouchers/redeem");
        assertThat(List.of(PURCHASE, REDEMPTION))
                .flatMap(stack.collector()::trace)
                .allSatisfy(span ->
                        assertThat(span.whole()).doesNotContain("@", purchase.email(), code, purchase.paymentIntent()));
    }

    /** The names on the way back from the first span of that name, which arrives a moment after its effect. */
    private static List<String> wayBack(StoryStack stack, String traceId, String what) {
        return await("a span " + what)
                .atMost(StoryStack.PATIENCE)
                .until(
                        () -> {
                            List<Seen> trace = stack.collector().trace(traceId);
                            return trace.stream()
                                    .filter(span -> span.what().equals(what))
                                    .map(span -> Collector.wayBack(trace, span))
                                    .filter(way -> way.getLast().parentSpanId().equals(SENDER))
                                    .findFirst()
                                    .map(way -> way.stream().map(Seen::what).toList())
                                    .orElse(List.of());
                        },
                        way -> !way.isEmpty());
    }

    private static Map<String, String> trace(String id) {
        return Map.of(Headers.TRACEPARENT, "00-" + id + "-" + SENDER + "-01");
    }
}
