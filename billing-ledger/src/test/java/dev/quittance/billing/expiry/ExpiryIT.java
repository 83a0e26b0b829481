package dev.quittance.billing.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is not used in time goes to breakage: the rest of what is old, once, and nothing that was spent. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class ExpiryIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final UUID user = UUID.randomUUID();

    @Inject
    ExpiryJob job;

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        ledger.addUser(user);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void whatIsLeftOfOldGrantsExpiresAndNothingElse() throws SQLException {
        // Given: 500 more than a year ago, 300 today, 200 spent of the old ones, and credits, which last for ever
        post(Grants.of("old", user, "points", 500, 0));
        post(Grants.of("oldCredits", user, "credits", 40, 0));
        aYearPasses();
        post(Grants.of("new", user, "points", 300, 0));
        post(spend(200));

        // When
        job.turn().await().atMost(LONG);
        job.turn().await().atMost(LONG);

        // Then
        assertThat(balances())
                .contains("points_breakage|300", "user:" + user + ":points|300", "user:" + user + ":credits|40");
        assertThat(ledger.rows("select count(*) from billing.journal_entries where rule = 'expiry'"))
                .containsExactly("1");
    }

    @Test
    void whatWasSpentCannotExpire() throws SQLException {
        // Given
        post(Grants.of("old", user, "points", 500, 0));
        aYearPasses();
        post(spend(500));

        // When
        job.turn().await().atMost(LONG);

        // Then
        assertThat(balances()).noneMatch(row -> row.startsWith("points_breakage"));
    }

    @Test
    void manyAtOnceExpireItOnceAndNobodySpendsItToo() throws SQLException {
        // Given
        post(Grants.of("old", user, "points", 500, 0));
        aYearPasses();

        // When
        CompletableFuture.allOf(IntStream.range(0, 12)
                        .mapToObj(i -> i % 3 == 0
                                ? job.turn().subscribeAsCompletionStage()
                                : pool.withTransaction(
                                                transaction -> journal.post(transaction, List.of(spend(100, "s" + i))))
                                        .onFailure()
                                        .recoverWithNull()
                                        .subscribeAsCompletionStage())
                        .toArray(CompletableFuture[]::new))
                .join();
        job.turn().await().atMost(LONG);

        // Then
        assertThat(balances()).contains("user:" + user + ":points|0");
        assertThat(ledger.rows("select sum(b.credits - b.debits) from billing.balances b"
                        + " join billing.ledger_accounts a using (account_id)"
                        + " where a.name in ('points_breakage', 'points_spent')"))
                .containsExactly("500");
    }

    private List<String> balances() throws SQLException {
        return ledger.rows("select a.name, sum(b.credits - b.debits) from billing.balances b"
                + " join billing.ledger_accounts a using (account_id) group by a.name");
    }

    private void aYearPasses() throws SQLException {
        AYearPasses.since(ledger);
    }

    private Posting spend(long amount) {
        return spend(amount, "s");
    }

    private Posting spend(long amount, String key) {
        return Posting.of(
                "spend:" + key,
                "spend",
                new Cause("", key, 0),
                Instant.EPOCH,
                LedgerAccount.user(user, "points"),
                LedgerAccount.spent("points"),
                amount);
    }

    private void post(Posting posting) {
        pool.withTransaction(transaction -> journal.post(transaction, List.of(posting)))
                .await()
                .atMost(LONG);
    }
}
