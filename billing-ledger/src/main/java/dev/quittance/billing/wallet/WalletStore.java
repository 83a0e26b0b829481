package dev.quittance.billing.wallet;

import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.wallet.Wallet.Standing;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Locks wallets and says how they stand. Whoever moves what a user has or owes by more than the floor can decide goes
 * through here, before anything of the house is locked: a balance's row is the lock of its debt too.
 */
@ApplicationScoped
public class WalletStore {
    private static final String LOCK_BALANCES = """
            select a.name, b.credits - b.debits as balance
            from billing.ledger_accounts a join billing.balances b on b.account_id = a.account_id and b.shard = 0
            where a.name = any($1) order by b.account_id for update of b
            """;

    // After the locks, in a statement of its own: the one above may have waited, and sees what was there before it did.
    private static final String READ_DEBTS = """
            select a.name, b.debits - b.credits as owed
            from billing.ledger_accounts a join billing.balances b on b.account_id = a.account_id and b.shard = 0
            where a.name = any($1)
            """;

    private final JournalStore journal;

    WalletStore(JournalStore journal) {
        this.journal = journal;
    }

    /** What the moves book, decided on what the users have and owe; their wallets are locked until the commit. */
    public Uni<List<Posting>> postings(SqlConnection transaction, List<WalletMove> moves) {
        if (moves.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Set<Wallet> wallets = new LinkedHashSet<>();
        moves.forEach(move -> wallets.add(move.wallet()));
        return lock(transaction, wallets).map(standings -> WalletRules.postings(moves, standings));
    }

    private Uni<Map<Wallet, Standing>> lock(SqlConnection transaction, Set<Wallet> wallets) {
        List<LedgerAccount> accounts = wallets.stream().map(Wallet::balance).toList();
        return balances(transaction, accounts)
                .chain(found -> found.size() == accounts.size()
                        ? Uni.createFrom().item(found)
                        : journal.open(transaction, accounts).chain(() -> balances(transaction, accounts)))
                .chain(balances -> amounts(
                                transaction,
                                READ_DEBTS,
                                "owed",
                                wallets.stream().map(Wallet::debt).toList())
                        .map(debts -> standings(wallets, balances, debts)));
    }

    private static Map<Wallet, Standing> standings(
            Set<Wallet> wallets, Map<String, Long> balances, Map<String, Long> debts) {
        Map<Wallet, Standing> standings = new HashMap<>();
        wallets.forEach(wallet -> standings.put(
                wallet,
                new Standing(
                        balances.getOrDefault(wallet.balance().name(), 0L),
                        debts.getOrDefault(wallet.debt().name(), 0L))));
        return standings;
    }

    private static Uni<Map<String, Long>> balances(SqlConnection transaction, List<LedgerAccount> accounts) {
        return amounts(transaction, LOCK_BALANCES, "balance", accounts);
    }

    private static Uni<Map<String, Long>> amounts(
            SqlConnection transaction, String statement, String column, Collection<LedgerAccount> accounts) {
        Tuple names = Tuple.tuple()
                .addArrayOfString(accounts.stream().map(LedgerAccount::name).toArray(String[]::new));
        return transaction.preparedQuery(statement).execute(names).map(rows -> {
            Map<String, Long> amounts = new HashMap<>();
            rows.forEach(row -> amounts.put(row.getString("name"), row.getLong(column)));
            return amounts;
        });
    }
}
