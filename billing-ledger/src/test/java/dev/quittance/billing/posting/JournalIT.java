package dev.quittance.billing.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database keeps the books, whoever writes. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class JournalIT {
    private static final UUID USER = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String BALANCES_DIFFER = """
            select a.name, b.shard from billing.balances b join billing.ledger_accounts a using (account_id)
            left join lateral (
              select coalesce(sum(amount) filter (where direction = 'debit'), 0) as debits,
                     coalesce(sum(amount) filter (where direction = 'credit'), 0) as credits, count(*) as lines
              from billing.entry_lines l where l.account_id = b.account_id and l.shard = b.shard) s on true
            where (b.debits, b.credits, b.version) is distinct from (s.debits::bigint, s.credits::bigint, s.lines)
            """;

    private static final String DIGESTS_DIFFER = """
            select business_key from billing.journal_entries e where digest is distinct from billing.entry_digest(e)""";

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        ledger.addUser(USER);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void refusesAnEntryThatDoesNotSumToZero() throws SQLException {
        // Given
        post(List.of(sale("k1", 10, 0)));

        // Then
        for (String role : List.of("billing_service", "postgres")) {
            assertThatThrownBy(() -> ledger.runAs(role, """
                            insert into billing.entry_lines (entry_id, line, account_id, shard, direction, amount, unit)
                            select 999, 1, account_id, 0, 'debit', 5, unit
                            from billing.ledger_accounts where name = 'revenue:EUR'""")).as(role).hasMessageContaining("does not sum to zero");
        }
    }

    @Test
    void refusesALineInAnotherUnitThanItsAccounts() throws SQLException {
        // Given
        post(List.of(sale("k1", 10, 0)));

        // Then
        assertThatThrownBy(() -> ledger.runAs("billing_service", """
                        insert into billing.entry_lines (entry_id, line, account_id, shard, direction, amount, unit)
                        select 999, n, account_id, 0, case n when 1 then 'debit' else 'credit' end, 5, 'USD'
                        from billing.ledger_accounts, generate_series(1, 2) n where name = 'revenue:EUR'"""))
                .hasMessageContaining("not in its account's unit");
        assertThatThrownBy(() -> ledger.runAs("billing_service", """
                        insert into billing.entry_lines (entry_id, line, account_id, shard, direction, amount, unit)
                        select 999, n, 0, 0, case n when 1 then 'debit' else 'credit' end, 5, 'USD'
                        from generate_series(1, 2) n"""))
                .hasMessageContaining("not in its account's unit");
    }

    @Test
    void theDigestThatAnEntryBringsIsOfWhatIsWritten() throws SQLException {
        // Given: times that Postgres cannot keep exactly, letters of several bytes, an entry of four lines in two units
        Cause cause = new Cause("acct_ü", "evt_1", 3);
        Instant at = Instant.parse("2026-01-02T03:04:05.123456789Z");
        LedgerAccount clearing = LedgerAccount.stripeClearing("EUR");
        LedgerAccount revenue = LedgerAccount.revenue("EUR");
        Posting sale = Posting.of("küche|:1", "charge", cause, at, clearing, revenue, 5);
        List<EntryLine> lines = new ArrayList<>(sale.lines());
        lines.addAll(Grants.of("x", USER, "points", 7, 0).lines());

        // When
        post(List.of(
                sale,
                new Posting("both", "grant", cause, at, lines),
                Posting.of(
                        "old", "charge", cause, Instant.parse("1969-12-31T23:59:59.9999991Z"), revenue, clearing, 1)));

        // Then
        assertThat(ledger.rows(DIGESTS_DIFFER)).isEmpty();
        assertThat(ledger.rows("select business_key from billing.journal_entries where digest is null"))
                .isEmpty();
        assertThat(ledger.rows("select 1 from billing.journal_entries")).hasSize(3);
    }

    @Test
    void nobodyChangesWhatIsWritten() throws SQLException {
        // Given
        post(List.of(sale("k1", 10, 0)));

        // Then
        for (String role : List.of("billing_service", "billing_owner", "postgres")) {
            for (String change : List.of(
                    "update billing.journal_entries set rule = 'x'",
                    "update billing.entry_lines set amount = 1",
                    "update billing.settlements set points = 0",
                    "delete from billing.journal_entries",
                    "delete from billing.entry_lines",
                    "delete from billing.settlements",
                    "truncate billing.journal_entries",
                    "truncate billing.entry_lines",
                    "truncate billing.settlements cascade")) {
                assertThatThrownBy(() -> ledger.runAs(role, change))
                        .as("%s: %s", role, change)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining(role.equals("billing_service") ? "permission denied" : "append-only");
            }
        }
    }

    @Test
    void aUsersAccountDoesNotGoBelowZero() {
        // Given
        LedgerAccount points = LedgerAccount.user(USER, "points");
        Posting spend = Posting.of("spend", "test", cause(0), Instant.EPOCH, points, LedgerAccount.issued("points"), 1);

        // Then
        assertThatThrownBy(() -> post(List.of(spend))).hasMessageContaining("balances_users_not_below_zero");
    }

    @Test
    void eightBatchesAtOnceBookEachKeyOnce() throws SQLException {
        // Given
        List<Posting> postings = IntStream.range(0, 200)
                .mapToObj(i -> sale("k" + i, i + 1, i % 3))
                .toList();

        // When
        CompletableFuture.allOf(
                        IntStream.range(0, 8).mapToObj(_ -> start(postings)).toArray(CompletableFuture[]::new))
                .join();

        // Then
        assertThat(ledger.rows("select count(*), count(distinct business_key) from billing.journal_entries"))
                .containsExactly("200|200");
        assertThat(ledger.rows("select sum(debits) from billing.balances")).containsExactly("20100");
        assertThat(ledger.rows(BALANCES_DIFFER)).isEmpty();
    }

    @Test
    void overlappingAccountsInRandomBatchesNeitherDeadlockNorDrift() throws SQLException {
        // Given
        long seed = System.nanoTime();
        System.out.println("seed of overlappingAccountsInRandomBatchesNeitherDeadlockNorDrift: " + seed);
        Random random = new Random(seed);
        List<UUID> users =
                IntStream.range(0, 10).mapToObj(_ -> UUID.randomUUID()).toList();
        for (UUID user : users) {
            ledger.addUser(user);
        }
        List<List<Posting>> batches = new ArrayList<>();
        for (int batch = 0; batch < 80; batch++) {
            int number = batch;
            batches.add(IntStream.range(0, 1 + random.nextInt(60))
                    .mapToObj(i -> random(number + "-" + i, users, random))
                    .toList());
        }

        // When
        CompletableFuture.allOf(batches.stream().map(this::start).toArray(CompletableFuture[]::new))
                .join();

        // Then
        assertThat(ledger.rows("select count(*) from billing.journal_entries"))
                .containsExactly(
                        String.valueOf(batches.stream().mapToInt(List::size).sum()));
        assertThat(ledger.rows(BALANCES_DIFFER)).as("seed %d", seed).isEmpty();
    }

    @Test
    void whatWasBookedIsNotBookedAgain() {
        // Given
        Posting sale = sale("k1", 10, 0);

        // When
        Map<String, Long> first = post(List.of(sale, sale));
        Map<String, Long> second = post(List.of(sale));

        // Then
        assertThat(first).isEqualTo(Map.of("test", 1L));
        assertThat(second).isEmpty();
    }

    private static Cause cause(int shard) {
        return new Cause("", "evt_1", shard);
    }

    private static Posting sale(String key, long amount, int shard) {
        return Posting.of(
                key,
                "test",
                cause(shard),
                Instant.EPOCH,
                LedgerAccount.stripeClearing("EUR"),
                LedgerAccount.revenue("EUR"),
                amount);
    }

    private static Posting random(String key, List<UUID> users, Random random) {
        String unit = random.nextBoolean() ? "points" : "credits";
        return Posting.of(
                key,
                "test",
                cause(random.nextInt(3)),
                Instant.EPOCH,
                LedgerAccount.issued(unit),
                LedgerAccount.user(users.get(random.nextInt(users.size())), unit),
                1 + random.nextInt(100));
    }

    private Map<String, Long> post(List<Posting> postings) {
        return pool.withTransaction(transaction -> journal.post(transaction, postings))
                .map(Posted::entries)
                .await()
                .atMost(LONG);
    }

    private CompletableFuture<Posted> start(List<Posting> postings) {
        return pool.withTransaction(transaction -> journal.post(transaction, postings))
                .subscribeAsCompletionStage();
    }
}
