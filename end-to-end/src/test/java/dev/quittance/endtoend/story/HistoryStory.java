package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** G33: who was a customer before us is known and may use what is paid for; nothing is given for it until it goes on. */
@ExtendWith(StoryStack.Started.class)
class HistoryStory {
    private static final String BACKFILLS = "/api/admin/backfills";
    private static final int SUBSCRIBERS = 3;
    private static final int BUYERS = 2;
    private static final String ALL = "history%@example.com";
    private static final String SUBSCRIBED = "history.subscriber%@example.com";
    private static final String STANDING = """
            select count(*) || ' ' || string_agg(distinct concat_ws(' ', s.status, s.paid_until > now(), a.expiry > now()), ', ')
            from provisioning.subscriptions s join auth.users u on u.id = s.user_id
            join provisioning.accounts a on a.user_id = u.id where u.email like ?
            """;
    private static final String INVOICES = """
            select count(*) || ' ' || string_agg(distinct i.status, ', ') from billing.invoices i
            join provisioning.stripe_customers c on c.stripe_customer_id = i.customer_id
            join auth.users u on u.id = c.user_id where u.email like ?
            """;
    private static final String CHARGES_AND_BOOKED = """
            select count(*) || ' ' || count(e.entry_id) from billing.charges h
            join provisioning.stripe_customers c on c.stripe_customer_id = h.customer_id
            join auth.users u on u.id = c.user_id
            left join billing.journal_entries e on e.business_key = 'charge:' || h.charge_id || ':gross'
            where u.email like ?
            """;
    private static final String VOUCHERS = """
            select count(*)::text from voucher.vouchers v join auth.users u on u.id = v.owner_user_id where u.email like ?
            """;

    @Test
    void whatStripeHadBeforeUsIsKnownAndGivesNothingUntilItGoesOn(StoryStack stack) throws Exception {
        // Given
        Shop shop = stack.shop();
        Effects effects = new Effects(stack);
        List<String> subscriptions = new ArrayList<>();
        shop.pull("faults", Map.of("lose_percent", "100"));
        try {
            String monthly = shop.monthlyPrice();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                subscriptions.add(shop.subscribe(monthly, "history.subscriber" + i + "@example.com"));
            }
            String once = shop.price();
            for (int i = 0; i < BUYERS; i++) {
                shop.buy(once, "history.buyer" + i + "@example.com", Map.of("points", "500"));
            }
        } finally {
            shop.pull("faults", Map.of("lose_percent", "0"));
        }

        // When
        JsonNode run = backfill(stack.operator());

        // Then: known, and nothing else
        int all = SUBSCRIBERS + BUYERS;
        effects.awaitCounts(ALL, new Effects.Counts(all, all, 0, 0, 0));
        effects.awaitAnswer(SUBSCRIBERS + " active t t", STANDING, SUBSCRIBED);
        effects.awaitAnswer(SUBSCRIBERS + " paid", INVOICES, SUBSCRIBED);
        effects.awaitAnswer(all + " 0", CHARGES_AND_BOOKED, ALL);
        stack.broker().awaitNothingUnread();
        assertThat(run.path("percent").asInt()).isEqualTo(100);
        assertThat(effects.counts(ALL)).isEqualTo(new Effects.Counts(all, all, 0, 0, 0));
        assertThat(stack.buyer(effects.awaitUser("history.subscriber0@example.com"))
                        .get("/api/account")
                        .body()
                        .path("access")
                        .path("active")
                        .asBoolean())
                .isTrue();
        assertThat(stack.broker().deadLetters()).isEmpty();
        effects.verify();

        // When it goes on
        shop.pull("subscriptions/" + subscriptions.getFirst() + "/renew", Map.of("now", "true"));

        // Then each renewal is all that it is to anybody
        effects.awaitAnswer(String.valueOf(SUBSCRIBERS), VOUCHERS, SUBSCRIBED);
        effects.awaitAnswer(2 * SUBSCRIBERS + " " + SUBSCRIBERS, CHARGES_AND_BOOKED, SUBSCRIBED);
        stack.broker().awaitNothingUnread();
        effects.verify();
    }

    private static JsonNode backfill(Buyer operator) {
        Buyer.Answer begun = operator.post(BACKFILLS, "{\"dryRun\":false}");
        assertThat(begun.status()).as("%s", begun.body()).isEqualTo(202);
        String path = BACKFILLS + "/" + begun.body().path("id").asText();
        return await("the backfill to be done")
                .atMost(StoryStack.PATIENCE)
                .until(
                        () -> operator.get(path).body(),
                        found -> found.path("state").asText().equals("done"));
    }
}
