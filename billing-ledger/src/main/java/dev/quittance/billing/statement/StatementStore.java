package dev.quittance.billing.statement;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The journal as it is read. */
@ApplicationScoped
class StatementStore {
    // The page by its key, and one sum over what is older: no page costs more than the account's own lines.
    private static final String FIND_PAGE = """
            with account as (select account_id from billing.ledger_accounts where name = $1),
            page as (
              select l.entry_id, l.line, case l.direction when 'credit' then l.amount else -l.amount end as amount
              from billing.entry_lines l
              where l.account_id = (select account_id from account) and (l.entry_id, l.line) < ($2, $3)
              order by l.entry_id desc, l.line desc limit $4),
            first as (select entry_id, line from page order by entry_id, line limit 1),
            older as (
              select coalesce(sum(case l.direction when 'credit' then l.amount else -l.amount end), 0) as amount
              from billing.entry_lines l, first f
              where l.account_id = (select account_id from account) and (l.entry_id, l.line) < (f.entry_id, f.line))
            select p.entry_id, p.line, e.occurred_at, e.recorded_at, e.rule, s.description, e.event_id, e.business_key,
                   p.amount, ((select amount from older) + sum(p.amount) over (order by p.entry_id, p.line))::bigint as balance
            from page p join billing.journal_entries e on e.entry_id = p.entry_id
            left join billing.spends s on s.spend_id = case e.rule when 'spend' then split_part(e.business_key, ':', 2)::uuid end
            order by p.entry_id desc, p.line desc
            """;

    private static final String TRIAL_BALANCE = """
            select a.unit, case a.kind when 'user' then 'users' else a.name end as account,
                   sum(b.debits)::bigint as debits, sum(b.credits)::bigint as credits
            from billing.ledger_accounts a join billing.balances b on b.account_id = a.account_id
            group by 1, 2 order by 1, 2 limit 10000
            """;

    // occurred_at says what had happened by then; recorded_at says what was known of it.
    private static final String AS_OF = """
            select a.unit, case when a.kind = 'user' and $3::uuid is null then 'users' else a.name end as account,
                   coalesce(sum(l.amount) filter (where l.direction = 'debit'), 0)::bigint as debits,
                   coalesce(sum(l.amount) filter (where l.direction = 'credit'), 0)::bigint as credits
            from billing.ledger_accounts a
            join billing.entry_lines l on l.account_id = a.account_id
            join billing.journal_entries e on e.entry_id = l.entry_id
            where e.occurred_at <= $1 and e.recorded_at <= $2 and ($3::uuid is null or a.user_id = $3)
            group by 1, 2 order by 1, 2 limit 10000
            """;

    private final Pool pool;

    StatementStore(Pool pool) {
        this.pool = pool;
    }

    Uni<StatementView> page(UUID user, String unit, Cursor before, int limit) {
        return pool.preparedQuery(FIND_PAGE)
                .execute(Tuple.of("user:" + user + ":" + unit, before.entryId(), before.line(), limit + 1))
                .map(rows -> view(unit, rows, limit));
    }

    Uni<BooksView> trialBalance() {
        return pool.preparedQuery(TRIAL_BALANCE).execute().map(StatementStore::books);
    }

    Uni<BooksView> asOf(Instant occurred, Instant recorded, @Nullable UUID user) {
        return pool.preparedQuery(AS_OF)
                .execute(Tuple.tuple()
                        .addOffsetDateTime(occurred.atOffset(ZoneOffset.UTC))
                        .addOffsetDateTime(recorded.atOffset(ZoneOffset.UTC))
                        .addUUID(user))
                .map(StatementStore::books);
    }

    private static StatementView view(String unit, RowSet<Row> rows, int limit) {
        List<StatementView.Entry> entries = new ArrayList<>();
        for (Row row : rows) {
            entries.add(new StatementView.Entry(
                    row.getLong("entry_id"),
                    row.getInteger("line"),
                    row.getOffsetDateTime("occurred_at").toInstant(),
                    row.getOffsetDateTime("recorded_at").toInstant(),
                    row.getString("rule"),
                    row.getString("description"),
                    row.getString("event_id"),
                    row.getString("business_key"),
                    row.getLong("amount"),
                    row.getLong("balance")));
        }
        if (entries.size() <= limit) {
            return new StatementView(unit, entries, null);
        }
        StatementView.Entry last = entries.get(limit - 1);
        return new StatementView(unit, entries.subList(0, limit), new Cursor(last.entryId(), last.line()).toString());
    }

    private static BooksView books(RowSet<Row> rows) {
        List<BooksView.Line> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(new BooksView.Line(
                row.getString("unit"), row.getString("account"), row.getLong("debits"), row.getLong("credits"))));
        return BooksView.of(lines);
    }
}
