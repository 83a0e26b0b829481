package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A voucher's life through all the services, whatever is killed in it. */
@ExtendWith(StoryStack.Started.class)
class VoucherStory {
    private static final int BATCH = 60_000;
    private static final Pattern CODE = Pattern.compile("(?m)(?<=^ {4})\\S+$");
    private static final String STATUS = "select status from voucher.vouchers where id = ?";
    private static final String PAYMENT = """
            select s.payment_intent_id from billing.settlements s join auth.users u on u.id = s.user_id where u.email = ?
            """;
    // Where a voucher's days are in the books.
    private static final String BOOKED = """
            select coalesce(string_agg(name || ' ' || days, ', ' order by name), 'nothing')
            from (select a.name, sum(case l.direction when 'credit' then l.amount else -l.amount end) as days
                  from billing.journal_entries e join billing.entry_lines l using (entry_id)
                  join billing.ledger_accounts a using (account_id)
                  where e.business_key like 'day:%' || ? || '%' group by 1) b
            where days <> 0
            """;
    private static final String TIME_LEFT = """
            select (a.expiry > now() + interval '27 days')::text from provisioning.accounts a
            join voucher.vouchers v on v.associated_account = a.account_number where v.id = ?
            """;

    @Test
    @DisplayName("G7: redeemed while nobody can extend, and crashed before it was told: the time comes, once")
    void whatIsRedeemedGetsItsTimeWhoeverCrashes(StoryStack stack) throws SQLException {
        // Given
        Effects effects = new Effects(stack);
        Bought bought = buy(stack, effects, "crashed.redemption@example.com");
        String code = bought.reveal();

        // When
        stack.local().kill("provisioning-service");
        Buyer.Answer answer = bought.buyer().post("/api/vouchers/redeem", "{\"code\":\"" + code + "\"}");
        stack.local().kill("voucher-service");

        // Then
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        awaitExtension(effects, bought);
        stack.broker().awaitNothingUnread();
        effects.verify();
        assertThat(effects.ask(
                        "select count(*)::text from provisioning.account_extensions where voucher_id = ?", bought.id()))
                .isEqualTo("1");
    }

    @Test
    @DisplayName("G4: sold, redeemed, refunded: the voucher, the account and the books agree that there is nothing")
    void whatIsRefundedAfterItsRedemptionIsNothing(StoryStack stack) throws SQLException {
        // Given
        Effects effects = new Effects(stack);
        String email = "refunded.redemption@example.com";
        Bought bought = redeemed(stack, effects, email);
        effects.awaitAnswer("day_given 30, day_issued -30", BOOKED, bought.name());

        // When
        stack.shop().pull("refunds", Map.of("payment_intent", effects.ask(PAYMENT, email)));

        // Then
        effects.awaitAnswer("reversed", STATUS, bought.id());
        effects.awaitAnswer("false", TIME_LEFT, bought.id());
        effects.awaitAnswer("nothing", BOOKED, bought.name());
        effects.verify();
    }

    @Test
    @DisplayName(
            "G4: sold, redeemed, disputed and won: the voucher, the account and the books agree that nothing happened")
    void whatIsWonBackIsAsItWas(StoryStack stack) throws SQLException {
        // Given
        Effects effects = new Effects(stack);
        String email = "disputed.redemption@example.com";
        Bought bought = redeemed(stack, effects, email);

        // When
        String dispute = stack.shop().pull("disputes", Map.of("payment_intent", effects.ask(PAYMENT, email)));
        effects.awaitAnswer("reversed", STATUS, bought.id());
        effects.awaitAnswer("nothing", BOOKED, bought.name());
        stack.shop().pull("disputes/" + dispute + "/win", Map.of("x", "1"));

        // Then
        effects.awaitAnswer("redeemed", STATUS, bought.id());
        effects.awaitAnswer("true", TIME_LEFT, bought.id());
        effects.awaitAnswer("day_given 30, day_issued -30", BOOKED, bought.name());
        effects.verify();
    }

    @Test
    void aVoucherThatIsGivenAwayIsMailedOnceAndGoodForWhoeverHasIt(StoryStack stack) throws SQLException {
        // Given
        Effects effects = new Effects(stack);
        String friend = "befriended.receiver@example.com";
        Bought given = buy(stack, effects, "befriended.giver@example.com");
        Buyer receiver = buy(stack, effects, friend).buyer();
        String path = "/api/vouchers/" + given.id() + "/send";

        // When
        Buyer.Answer sent = given.buyer().post(path, "{\"email\":\"" + friend + "\"}");
        Buyer.Answer again = given.buyer().post(path, "{\"email\":\"" + friend + "\"}");

        // Then
        assertThat(List.of(sent.status(), again.status())).containsExactly(202, 409);
        stack.mailbox().awaitSubjects(friend, "Your receipt", "A voucher for you");
        Matcher code =
                CODE.matcher(stack.mailbox().only(friend, "A voucher for you").text());
        assertThat(code.find()).isTrue();
        Buyer.Answer redeemed = receiver.post("/api/vouchers/redeem", "{\"code\":\"" + code.group() + "\"}");
        assertThat(redeemed.status()).as("%s", redeemed.body()).isEqualTo(200);
        awaitExtension(effects, given);
        effects.verify();
        stack.mailbox().awaitSubjects(friend, "Your receipt", "A voucher for you");
    }

    @Test
    void aBatchWhoseMakerIsKilledIsMadeToTheEndAndNoCodeTwice(StoryStack stack) throws SQLException {
        // Given
        Effects effects = new Effects(stack);
        Buyer operator = stack.operator();
        JsonNode batch = operator.post(
                        "/api/admin/vouchers/batches",
                        "{\"name\":\"killed " + UUID.randomUUID() + "\",\"size\":" + BATCH + ",\"months\":1}")
                .body();
        UUID id = UUID.fromString(batch.path("id").asText());

        // When
        String progress = await("the batch to be half made")
                .atMost(StoryStack.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> effects.ask("select progress::text from voucher.voucher_batches where id = ?", id),
                        made -> Integer.parseInt(made) > 0);
        stack.local().kill("voucher-service");

        // Then
        assertThat(Integer.parseInt(progress)).as("killed in the middle").isLessThan(BATCH);
        effects.awaitAnswer("generated", "select status from voucher.voucher_batches where id = ?", id);
        assertThat(effects.ask("""
                        select count(*) || ' ' || count(distinct code_hash) || ' ' || min(unit) || ' ' || max(unit)
                        from voucher.vouchers where anchor = 'batch:' || ?
                        """, id.toString())).isEqualTo("%1$d %1$d 1 %1$d".formatted(BATCH));
        effects.verify();
    }

    private record Bought(Buyer buyer, UUID id) {
        String name() {
            return id.toString();
        }

        String reveal() {
            return buyer.post("/api/vouchers/" + id + "/reveal", "{}")
                    .body()
                    .path("code")
                    .asText();
        }
    }

    private static Bought redeemed(StoryStack stack, Effects effects, String email) {
        Bought bought = buy(stack, effects, email);
        Buyer.Answer answer = bought.buyer().post("/api/vouchers/redeem", "{\"code\":\"" + bought.reveal() + "\"}");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        awaitExtension(effects, bought);
        effects.awaitAnswer("true", TIME_LEFT, bought.id());
        return bought;
    }

    private static Bought buy(StoryStack stack, Effects effects, String email) {
        Shop shop = stack.shop();
        shop.buy(shop.price(), email, Map.of());
        effects.awaitCounts(email, Effects.Counts.each(1));
        Buyer buyer = stack.buyer(effects.awaitUser(email));
        String id = buyer.get("/api/vouchers")
                .body()
                .path("vouchers")
                .path(0)
                .path("id")
                .asText();
        return new Bought(buyer, UUID.fromString(id));
    }

    private static void awaitExtension(Effects effects, Bought bought) {
        effects.awaitAnswer(
                "1", "select count(*)::text from provisioning.account_extensions where voucher_id = ?", bought.id());
    }
}
