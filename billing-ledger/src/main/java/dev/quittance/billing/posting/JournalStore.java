package dev.quittance.billing.posting;

import dev.quittance.messaging.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The journal. A batch is one statement: entries that are new, their lines, the sums per account, the balances locked in
 * one order (users' first, as whoever decides on them has locked them before), and each balance moved once.
 */
@ApplicationScoped
public class JournalStore {
    private static final String POST = """
            with source as (
              select *, substring($14::bytea from 16 * posting + 1 for 16) as digest
              from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
                as s(posting, business_key, rule, stripe_account, event_id, occurred_at)),
            entries as (
              insert into billing.journal_entries (business_key, rule, stripe_account, event_id, occurred_at, digest)
              select business_key, rule, stripe_account, event_id, occurred_at, digest from source order by business_key
              on conflict (business_key) do nothing
              returning entry_id, business_key, rule),
            lines as (
              insert into billing.entry_lines (entry_id, line, account_id, shard, direction, amount, unit)
              select e.entry_id, l.line, l.account_id, l.shard, l.direction, l.amount, l.unit
              from entries e
              join source s on s.business_key = e.business_key
              join unnest($7::int[], $8::int[], $9::bigint[], $10::int[], $11::text[], $12::bigint[], $13::text[])
                as l(posting, line, account_id, shard, direction, amount, unit) on l.posting = s.posting
              returning account_id, shard, direction, amount),
            sums as (
              select account_id, shard,
                     coalesce(sum(amount) filter (where direction = 'debit'), 0)::bigint as debits,
                     coalesce(sum(amount) filter (where direction = 'credit'), 0)::bigint as credits,
                     count(*) as lines
              from lines group by account_id, shard),
            locked as materialized (
              select b.account_id, b.shard from billing.balances b
              join sums s on s.account_id = b.account_id and s.shard = b.shard
              order by b.floored desc, b.account_id, b.shard
              for update of b),
            moved as (
              update billing.balances b
              set debits = b.debits + s.debits, credits = b.credits + s.credits, version = b.version + s.lines
              from sums s join locked k on k.account_id = s.account_id and k.shard = s.shard
              where b.account_id = s.account_id and b.shard = s.shard
              returning b.account_id, b.floored, b.credits - b.debits as balance, b.version)
            select rule, count(*) as entries, (select count(*) from sums) as accounts, (select count(*) from moved) as moved,
                   null::bigint as account_id, null::bigint as balance, null::bigint as version, now() as at
            from entries group by rule
            union all
            select null, 0, 0, 0, account_id, balance, version, now() from moved where floored
            """;

    private final AccountStore accounts;
    private final Outbox outbox;

    JournalStore(AccountStore accounts, Outbox outbox) {
        this.accounts = accounts;
        this.outbox = outbox;
    }

    /** Looks up accounts of postings that are to come, so that posting need not wait for it. */
    public Uni<Accounts> accounts(SqlConnection transaction, Collection<Posting> postings) {
        return accounts.find(transaction, postings);
    }

    /** Posts what was never posted under its business key, and tells of the users' balances that are others now. */
    public Uni<Posted> post(SqlConnection transaction, Collection<Posting> all) {
        return post(transaction, all, Accounts.NONE);
    }

    /** @param known of this transaction; what is not among them is looked up */
    public Uni<Posted> post(SqlConnection transaction, Collection<Posting> all, Accounts known) {
        if (all.isEmpty()) {
            return Uni.createFrom().item(Posted.NOTHING);
        }
        Map<String, Posting> once = new LinkedHashMap<>();
        all.forEach(posting -> once.putIfAbsent(posting.businessKey(), posting));
        List<Posting> postings = List.copyOf(once.values());
        return accounts.ids(transaction, postings, known)
                .chain(ids -> transaction
                        .preparedQuery(POST)
                        .execute(parameters(postings, ids))
                        .map(rows -> posted(rows, postings, ids)))
                .call(posted -> outbox.append(
                        transaction,
                        posted.balances().stream().map(BalanceMoved::event).toList()));
    }

    /** Makes accounts that are not there, so that their balances can be locked. */
    public Uni<Void> open(SqlConnection transaction, Collection<LedgerAccount> wanted) {
        return accounts.open(transaction, wanted);
    }

    private static Tuple parameters(List<Posting> postings, Map<Place, Long> ids) {
        int size = postings.size();
        Integer[] numbers = new Integer[size];
        List<LineRow> lines = new ArrayList<>(2 * size);
        for (int i = 0; i < size; i++) {
            numbers[i] = i;
            Posting posting = postings.get(i);
            for (int number = 0; number < posting.lines().size(); number++) {
                EntryLine line = posting.lines().get(number);
                Place place = Place.of(posting, line);
                Long account = ids.get(place);
                if (account == null) {
                    throw new IllegalStateException("an account was not made");
                }
                lines.add(new LineRow(i, number, account, place.shard(), line));
            }
        }
        return Tuple.tuple()
                .addArrayOfInteger(numbers)
                .addArrayOfString(postings.stream().map(Posting::businessKey).toArray(String[]::new))
                .addArrayOfString(postings.stream().map(Posting::rule).toArray(String[]::new))
                .addArrayOfString(postings.stream()
                        .map(posting -> posting.cause().account())
                        .toArray(String[]::new))
                .addArrayOfString(postings.stream()
                        .map(posting -> posting.cause().eventId())
                        .toArray(String[]::new))
                .addArrayOfOffsetDateTime(postings.stream()
                        .map(posting -> EntryDigest.at(posting).atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfInteger(lines.stream().map(LineRow::posting).toArray(Integer[]::new))
                .addArrayOfInteger(lines.stream().map(LineRow::number).toArray(Integer[]::new))
                .addArrayOfLong(lines.stream().map(LineRow::account).toArray(Long[]::new))
                .addArrayOfInteger(lines.stream().map(LineRow::shard).toArray(Integer[]::new))
                .addArrayOfString(lines.stream()
                        .map(row -> row.line().direction().token())
                        .toArray(String[]::new))
                .addArrayOfLong(lines.stream().map(row -> row.line().amount()).toArray(Long[]::new))
                .addArrayOfString(
                        lines.stream().map(row -> row.line().account().unit()).toArray(String[]::new))
                .addValue(EntryDigest.of(postings));
    }

    private record LineRow(int posting, int number, long account, int shard, EntryLine line) {}

    private static Posted posted(RowSet<Row> rows, List<Posting> postings, Map<Place, Long> ids) {
        Map<String, Long> entries = new HashMap<>();
        List<BalanceMoved> balances = new ArrayList<>();
        @Nullable Map<Long, LedgerAccount> users = null;
        for (Row row : rows) {
            String rule = row.getString("rule");
            if (rule == null) {
                users = users == null ? users(postings, ids) : users;
                balances.add(moved(row, users));
            } else if (row.getLong("accounts").equals(row.getLong("moved"))) {
                entries.put(rule, row.getLong("entries"));
            } else {
                throw new IllegalStateException("a balance did not move with its lines");
            }
        }
        return new Posted(entries, balances);
    }

    private static BalanceMoved moved(Row row, Map<Long, LedgerAccount> users) {
        LedgerAccount account = users.get(row.getLong("account_id"));
        if (account == null || account.userId() == null) {
            throw new IllegalStateException("a balance moved that nobody posted to");
        }
        return new BalanceMoved(
                account.userId(),
                account.unit(),
                row.getLong("balance"),
                row.getLong("version"),
                row.getOffsetDateTime("at").toInstant());
    }

    private static Map<Long, LedgerAccount> users(List<Posting> postings, Map<Place, Long> ids) {
        Map<Long, LedgerAccount> users = new HashMap<>();
        for (Posting posting : postings) {
            for (EntryLine line : posting.lines()) {
                Long id = line.account().userId() == null ? null : ids.get(Place.of(posting, line));
                if (id != null) {
                    users.put(id, line.account());
                }
            }
        }
        return users;
    }
}
