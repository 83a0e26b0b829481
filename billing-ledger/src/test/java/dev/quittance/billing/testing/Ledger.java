package dev.quittance.billing.testing;

import dev.quittance.localstack.testparts.EmbeddedParts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** The application's database as its superuser sees it. */
public final class Ledger implements AutoCloseable {
    private static final Pattern TABLE = Pattern.compile(" from billing.(\\w+)");
    private static final String DEADLOCK = "40P01";
    private static final int EMPTYINGS = 10;
    private final Connection connection;

    public Ledger() throws SQLException {
        connection = DriverManager.getConnection(
                ConfigProvider.getConfig().getValue(EmbeddedParts.SUPERUSER_JDBC_URL, String.class));
    }

    /** Runs statements, as the superuser. */
    public void run(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** Runs statements as another role, in a transaction of their own that is rolled back. */
    public void runAs(String role, String statements) throws SQLException {
        run("begin; set local role " + role);
        try {
            run(statements);
        } finally {
            run("rollback");
        }
    }

    /** Rows as text, columns parted by a bar. */
    public List<String> rows(String select) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(select)) {
            List<String> rows = new ArrayList<>();
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(i == 1 ? "" : "|").append(found.getString(i));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    /** Rows as a signed-in user finds them. */
    public List<String> rowsOf(UUID user, String select) throws SQLException {
        run("begin; set local role authenticated; set local request.jwt.claims = '{\"sub\":\"" + user + "\"}'");
        try {
            return rows(select);
        } finally {
            run("rollback");
        }
    }

    /** A user as provisioning would have committed it. */
    public void addUser(UUID user) throws SQLException {
        run("insert into auth.users (id, email) values ('" + user + "', '" + user + "@buyer.example')"
                + " on conflict do nothing");
        run("insert into provisioning.users (id) values ('" + user + "') on conflict do nothing");
    }

    /** Many of them at once. */
    public void addUsers(List<UUID> users) throws SQLException {
        String ids = users.stream().map(user -> "('" + user + "'::uuid)").collect(Collectors.joining(","));
        run("insert into auth.users (id, email) select id, id || '@buyer.example' from (values " + ids
                + ") as u (id) on conflict do nothing;"
                + " insert into provisioning.users (id) values " + ids + " on conflict do nothing");
    }

    /** Empties billing's tables, past the triggers that forbid it. */
    public void empty() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                truncate();
                return;
            } catch (SQLException refused) {
                // A job of the running application reads tables in an order of its own; one of the two gives way.
                run("rollback");
                if (!DEADLOCK.equals(refused.getSQLState()) || attempt == EMPTYINGS) {
                    throw refused;
                }
            }
        }
    }

    private void truncate() throws SQLException {
        run(
                "begin; set local session_replication_role = replica;"
                        + " truncate billing.identities, billing.payment_intents, billing.charges, billing.checkout_session_lines,"
                        + " billing.checkout_sessions, billing.products, billing.prices, billing.stripe_lookups, billing.settlements,"
                        + " billing.refunds, billing.disputes, billing.balance_transactions, billing.fraud_warnings, billing.reviews,"
                        + " billing.payouts, billing.invoice_payments, billing.customers, billing.invoices,"
                        + " billing.invoice_lines, billing.credit_notes, billing.payment_methods, billing.setup_intents,"
                        + " billing.standings, billing.reversals, billing.payment_holds, billing.invoice_shares, billing.overpayments, billing.deleted_customers,"
                        + " billing.ledger_accounts, billing.journal_entries, billing.entry_lines, billing.balances,"
                        + " billing.spends, billing.ledger_seals, billing.reconciliation_runs,"
                        + " billing.reconciled_movements, billing.reconciliation_differences, billing.refund_requests, billing.receipts,"
                        + " billing.shop_products, billing.cart_items, billing.orders, billing.inbox, billing.inbox_conflicts, billing.parked cascade; commit");
    }

    /** Everything that follows from the events, a line a row, without ids of rows and times of writing. */
    public List<String> dump() throws SQLException {
        List<String> dump = new ArrayList<>();
        for (String select : List.of(
                "select payment_intent_id, status, amount_minor, amount_received_minor, currency, version_event"
                        + " from billing.payment_intents",
                "select charge_id, payment_intent_id, status, paid, captured, amount_minor, amount_captured_minor, currency,"
                        + " customer_id, balance_transaction_id, version_event from billing.charges",
                "select checkout_session_id, mode, status, payment_status, payment_intent_id, amount_minor, currency, metadata,"
                        + " lines_source, version_event from billing.checkout_sessions",
                "select checkout_session_id, line_id, quantity, price_metadata from billing.checkout_session_lines",
                "select checkout_session_id, user_id, account_number from billing.identities",
                "select anchor, checkout_session_id, user_id, amount_minor, currency, points, credits, vouchers, occurred_at"
                        + " from billing.settlements",
                "select e.business_key, e.rule, e.occurred_at, a.name, l.direction, l.amount, l.unit"
                        + " from billing.journal_entries e join billing.entry_lines l using (entry_id)"
                        + " join billing.ledger_accounts a using (account_id)",
                "select a.name, b.shard, b.debits, b.credits, b.version"
                        + " from billing.balances b join billing.ledger_accounts a using (account_id)",
                "select kind, object_id, outcome from billing.stripe_lookups",
                "select event_id, outcome from billing.inbox",
                "select event_id, waits_for, reason from billing.parked")) {
            Matcher table = TABLE.matcher(select);
            String name = table.find() ? table.group(1) : "";
            rows(select).forEach(row -> dump.add(name + ": " + row));
        }
        Collections.sort(dump);
        return dump;
    }

    /**
     * Where all is in the end, a line a fact, each with the number that its purchase's ids have: what every order of the same
     * events must agree on. How a debt came about, and how often somebody was told, is not among it.
     */
    public List<String> books() throws SQLException {
        return books("select substring(e.business_key from '7770[0-9]{8}') as number, a.name,"
                + " sum(case l.direction when 'debit' then l.amount else -l.amount end) as balance"
                + " from billing.journal_entries e join billing.entry_lines l using (entry_id)"
                + " join billing.ledger_accounts a using (account_id) group by 1, 2"
                + " having sum(case l.direction when 'debit' then l.amount else -l.amount end) <> 0");
    }

    /** The same with each account as a whole: what one purchase's reversal left of a wallet is another's debt less. */
    public List<String> totals() throws SQLException {
        return books(
                "select '', a.name, sum(b.debits - b.credits) from billing.balances b"
                        + " join billing.ledger_accounts a using (account_id) group by a.name having sum(b.debits - b.credits) <> 0");
    }

    private List<String> books(String accounts) throws SQLException {
        List<String> books = new ArrayList<>();
        rows(accounts).forEach(row -> books.add("account: " + row));
        for (String select : List.of(
                "select e.business_key, sum(l.amount) from billing.journal_entries e join billing.entry_lines l using (entry_id)"
                        + " where l.direction = 'debit' and e.rule not in ('clawback', 'restoration', 'grant', 'overpayment') group by 1",
                "select e.business_key, sum(l.amount) from billing.journal_entries e join billing.entry_lines l using (entry_id)"
                        + " where l.direction = 'debit' and e.rule = 'grant' group by 1",
                "select anchor, amount_minor, points, credits from billing.settlements",
                "select anchor, reversed_minor, points_taken, credits_taken from billing.standings where reversed_minor > 0",
                "select anchor, reversal_id, cause, amount_minor from billing.reversals where amount_minor > 0",
                "select anchor, hold_id, reason from billing.payment_holds where not released",
                "select anchor, excess_minor, returned_minor from billing.overpayments where excess_minor > 0",
                "select refund_id, status, payment_intent_id from billing.refunds",
                "select dispute_id, status, payment_intent_id from billing.disputes",
                "select event_id, waits_for, reason from billing.parked")) {
            Matcher table = TABLE.matcher(select);
            String name = table.find() ? table.group(1) : "";
            rows(select).forEach(row -> books.add(name + ": " + row));
        }
        Collections.sort(books);
        return books;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
