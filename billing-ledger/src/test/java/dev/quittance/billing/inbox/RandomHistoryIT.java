package dev.quittance.billing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.expiry.AYearPasses;
import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.History;
import dev.quittance.billing.testing.History.Spending;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.Orders;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/** Whatever happens, the books hold; and the same again in another order gives the same books. The seed is printed. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class RandomHistoryIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int PARTS = 8;

    /** Each finds rows that must not be. */
    private static final List<String> INVARIANTS = List.of(
            "select entry_id from billing.entry_lines group by entry_id, unit"
                    + " having sum(case direction when 'debit' then amount else -amount end) <> 0",
            "select a.name from billing.balances b join billing.ledger_accounts a using (account_id)"
                    + " left join (select account_id, shard, sum(case direction when 'debit' then amount else 0 end) as debits,"
                    + " sum(case direction when 'credit' then amount else 0 end) as credits from billing.entry_lines group by 1, 2) l"
                    + " using (account_id, shard) where coalesce(l.debits, 0) <> b.debits or coalesce(l.credits, 0) <> b.credits",
            "select a.name from billing.balances b join billing.ledger_accounts a using (account_id)"
                    + " where a.kind = 'user' and b.credits < b.debits or a.kind = 'receivable' and b.credits > b.debits",
            "select u.name from billing.ledger_accounts u join billing.balances b using (account_id)"
                    + " join billing.ledger_accounts r on r.user_id = u.user_id and r.unit = u.unit and r.kind = 'receivable'"
                    + " join billing.balances o on o.account_id = r.account_id"
                    + " where u.kind = 'user' and b.credits > b.debits and o.debits > o.credits",
            "select anchor from billing.standings t join billing.settlements s using (anchor)"
                    + " where t.reversed_minor > s.amount_minor or t.points_taken > s.points or t.credits_taken > s.credits"
                    + " or t.points_taken <> s.points * t.reversed_minor / s.amount_minor"
                    + " or t.reversed_minor <> (select sum(amount_minor) from billing.reversals r where r.anchor = s.anchor)",
            // What an entry will be sealed by is of what was written.
            "select entry_id from billing.journal_entries e where digest is distinct from billing.entry_digest(e)",
            "select event_id from billing.parked");

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    private Ledger ledger;
    private Inbox<BillingFact> inbox;

    /** Events, what was spent after them, and whether then what was left of it all expired. */
    private record Part(List<Event> events, List<Spending> spent, boolean expires) {}

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        inbox = inboxes.inbox(handler);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @RepeatedTest(3)
    void theBooksHoldAndAShuffledReplayGivesTheSame() throws SQLException {
        // Given
        long seed = System.nanoTime();
        System.out.println("seed of theBooksHoldAndAShuffledReplayGivesTheSame: " + seed);
        Random random = new Random(seed);
        History history = new History(random);
        for (UUID user : history.users()) {
            ledger.addUser(user);
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            List<Event> events = history.part();
            Orders.batches(events, random).forEach(this::process);
            List<Spending> spent = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                Spending spending = history.spending();
                if (spends(spending)) {
                    spent.add(spending);
                }
            }
            boolean expires = random.nextInt(3) == 0;
            if (expires) {
                AYearPasses.in(ledger);
            }
            parts.add(new Part(events, spent, expires));
            holds(seed);
        }
        List<String> expected = ledger.totals();

        // When
        ledger.empty();
        for (Part part : parts) {
            Orders.batches(history.shuffled(part.events()), random).forEach(this::process);
            part.spent()
                    .forEach(spending -> assertThat(spends(spending))
                            .as("seed %d: %s", seed, spending)
                            .isTrue());
            if (part.expires()) {
                AYearPasses.in(ledger);
            }
        }

        // Then
        holds(seed);
        assertThat(ledger.totals()).as("seed %d", seed).isEqualTo(expected);
    }

    private void holds(long seed) throws SQLException {
        for (String invariant : INVARIANTS) {
            assertThat(ledger.rows(invariant))
                    .as("seed %d: %s", seed, invariant)
                    .isEmpty();
        }
    }

    private void process(List<Event> events) {
        inbox.process(Events.poll(events)).await().atMost(LONG);
    }

    /** As spending is decided: by the floor of the user's account alone. */
    private boolean spends(Spending spending) {
        Posting posting = Posting.of(
                spending.key(),
                "spend",
                new Cause("", spending.key(), 0),
                Instant.EPOCH,
                LedgerAccount.user(spending.user(), "points"),
                LedgerAccount.breakage("points"),
                spending.points());
        return pool.withTransaction(transaction -> journal.post(transaction, List.of(posting)))
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(false)
                .await()
                .atMost(LONG);
    }
}
