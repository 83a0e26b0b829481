package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quittance.endtoend.purchase.Purchase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** G25 to G27: what an operator does with the log changes nothing that was right, brings what was lost, and says what became of it. */
@ExtendWith(StoryStack.Started.class)
class OperatorStory {
    private static final int EVENTS_EACH = 6;
    /** Two thousand webhooks and a few. */
    private static final int DROPPED = 334;

    private static final int DELIVERED = 30;
    private static final String REPLAYS = "/api/admin/events/replays";
    private static final String RECONCILIATIONS = "/api/admin/reconciliations";
    private static final String LONG_AGO = "\"from\":\"2020-01-01T00:00:00Z\"";

    @Test
    void replayingAllThatAPurchaseWasChangesNothing(StoryStack stack) throws Exception {
        // Given
        String tag = "replayed";
        Effects effects = new Effects(stack);
        deliver(stack, List.of(tag));
        effects.awaitCounts(tag + "@example.com", Effects.Counts.each(1));
        stack.broker().awaitNothingUnread();
        Map<String, String> before = dump(stack, List.of(tag));
        Buyer operator = stack.operator();
        String query = LONG_AGO + ",\"payment\":\"pi_" + tag + "\"";

        // When
        Buyer.Answer dryRun = operator.post(REPLAYS, "{" + query + "}");
        long expected = dryRun.body().path("expect").asLong();
        Buyer.Answer begun = operator.post(REPLAYS, "{" + query + ",\"dryRun\":false,\"expect\":" + expected + "}");
        awaitDone(operator, REPLAYS, begun);
        stack.broker().awaitNothingUnread();

        // Then
        assertThat(expected).as("%s", dryRun.body()).isPositive();
        assertThat(dump(stack, List.of(tag))).isEqualTo(before);
        assertThat(effects.counts(tag + "@example.com")).isEqualTo(Effects.Counts.each(1));
        await("the repeated deliveries to be in the log")
                .atMost(StoryStack.PATIENCE)
                .untilAsserted(() -> assertThat(operator.get("/api/admin/events/evt_4" + tag)
                                .body()
                                .findValuesAsText("outcome"))
                        .contains("applied", "duplicate"));
    }

    @Test
    @DisplayName("A17: two thousand webhooks that never came leave, reconciled, exactly what they would have left")
    void twoThousandDroppedWebhooksAreBroughtByAReconciliation(StoryStack stack) throws Exception {
        // Given
        List<String> delivered = tags("heard", DELIVERED);
        List<String> dropped = tags("dropped", DROPPED);
        Effects effects = new Effects(stack);
        deliver(stack, delivered);
        for (String tag : dropped) {
            Purchase purchase = new Purchase(tag);
            stack.shop().put(purchase.balanceTransaction());
            purchase.events().forEach(stack.shop()::put);
        }
        Effects.Counts unheard = effects.counts("dropped%@example.com");

        // When
        Buyer operator = stack.operator();
        Buyer.Answer begun = await("no other run to be under way")
                .atMost(StoryStack.PATIENCE)
                .until(() -> operator.post(RECONCILIATIONS, "{" + LONG_AGO + "}"), answer -> answer.status() == 202);
        JsonNode run = awaitDone(operator, RECONCILIATIONS, begun);
        effects.awaitCounts("dropped%@example.com", Effects.Counts.each(DROPPED));
        effects.awaitCounts("heard%@example.com", Effects.Counts.each(DELIVERED));
        stack.broker().awaitNothingUnread();

        // Then
        assertThat(unheard).isEqualTo(Effects.Counts.each(0));
        assertThat(run.path("missing").asLong()).isGreaterThanOrEqualTo(EVENTS_EACH * DROPPED);
        assertThat(stack.broker().deadLetters()).isEmpty();
        Map<String, String> heard = dump(stack, delivered);
        String canonical = heard.get(delivered.getFirst());
        assertThat(canonical).contains("fee:txn_PURCHASE", "grant:pi_PURCHASE:points", "settlement: ", "voucher: ");
        assertThat(heard.values()).containsOnly(canonical);
        assertThat(dump(stack, dropped).values()).hasSize(DROPPED).containsOnly(canonical);
        effects.verify();
    }

    @Test
    void anOperatorSeesWhatBecameOfAPayment(StoryStack stack) throws Exception {
        // Given
        String email = "looked.up@example.com";
        Effects effects = new Effects(stack);
        stack.shop().buy(stack.shop().price(), email, Map.of("points", "500"));
        effects.awaitCounts(email, Effects.Counts.each(1));
        Buyer buyer = stack.buyer(effects.awaitUser(email));
        String voucher = effects.ask(
                "select v.id from voucher.vouchers v join auth.users u on u.id = v.owner_user_id where u.email = ?",
                email);
        String code = buyer.post("/api/vouchers/" + voucher + "/reveal", "{}")
                .body()
                .path("code")
                .asText();
        assertThat(buyer.post("/api/vouchers/redeem", "{\"code\":\"" + code + "\"}")
                        .status())
                .isEqualTo(200);
        String payment = effects.ask("""
                select s.payment_intent_id from billing.settlements s join auth.users u on u.id = s.user_id where u.email = ?
                """, email);

        // When
        JsonNode page = await("everything about the payment")
                .atMost(StoryStack.PATIENCE)
                .until(
                        () -> stack.operator()
                                .get("/api/admin/events/trace?payment=" + payment)
                                .body(),
                        found -> !found.path("effects").path("expiryChanges").isEmpty()
                                && !found.findValuesAsText("outcome").contains("pending"));

        // Then
        assertThat(page.path("events").findValuesAsText("outcome")).contains("applied", "ignored");
        assertThat(page.path("events").findValuesAsText("businessKey"))
                .contains("grant:" + payment + ":points")
                .anyMatch(key -> key.startsWith("charge:"));
        JsonNode effectsOf = page.path("effects");
        assertThat(effectsOf.path("unanswered")).isEmpty();
        assertThat(effectsOf.path("purchases").findValuesAsText("anchor")).containsExactly(payment);
        assertThat(effectsOf.path("purchases").findValuesAsText("service")).contains("voucher-service");
        assertThat(effectsOf.path("purchases").findValuesAsText("outcome")).contains("applied");
        assertThat(effectsOf.path("vouchers").findValuesAsText("status")).containsExactly("redeemed");
        assertThat(effectsOf.path("expiryChanges").findValuesAsText("voucher")).containsExactly(voucher);
        assertThat(page.toString()).doesNotContain(email);
    }

    private static List<String> tags(String family, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> family + "%03d".formatted(number))
                .toList();
    }

    private static void deliver(StoryStack stack, List<String> tags) {
        List<String> events = new ArrayList<>();
        for (String tag : tags) {
            Purchase purchase = new Purchase(tag);
            stack.shop().put(purchase.balanceTransaction());
            events.addAll(purchase.events());
        }
        events.forEach(stack.webhook()::postUntilTaken);
    }

    private static JsonNode awaitDone(Buyer operator, String path, Buyer.Answer begun) {
        assertThat(begun.status()).as("%s", begun.body()).isEqualTo(202);
        String id = begun.body().path("id").asText();
        return await("what was begun to be done")
                .atMost(StoryStack.PATIENCE)
                .until(
                        () -> operator.get(path + "/" + id).body(),
                        found -> found.path("state").asText().equals("done"));
    }

    private static Map<String, String> dump(StoryStack stack, List<String> tags) throws SQLException {
        try (Connection connection = stack.connect()) {
            return Dump.of(connection, tags);
        }
    }
}
