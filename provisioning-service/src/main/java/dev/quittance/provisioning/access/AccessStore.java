package dev.quittance.provisioning.access;

import dev.quittance.provisioning.account.AccountStore;
import dev.quittance.provisioning.account.TimeMove;
import dev.quittance.provisioning.subscription.SubscriptionState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What access is derived from, what is held against it, and what the others were told of it. */
public final class AccessStore {
    private static final String LOCK_ACCOUNTS = """
            select account_number from provisioning.accounts where account_number = any ($1)
            order by account_number for no key update
            """;

    private static final String FIND_ACCOUNTS = """
            select user_id, account_number, status, marked_inactive_by_user is not null as is_marked, expiry
            from provisioning.accounts where account_number = any ($1)
            """;

    private static final String FIND_MOVES = """
            select id, business_key, kind, account_number, starts_at, months, days, seconds, voucher_id, stripe_account,
                   subscription_id, invoice_id, target, previous_expiry
            from provisioning.account_extensions where account_number = any ($1) order by id
            """;

    private static final String FIND_SUBSCRIPTIONS = """
            select a.account_number, s.stripe_account || '/' || s.id as name, s.id, s.status, s.paid_until, s.trial_start,
                   s.trial_end, s.cancel_at_period_end, s.cancel_at, s.paused_behavior is not null as is_paused,
                   s.cancellation_reason,
                   (select min(i.failed_at) from provisioning.subscription_invoices i
                    where i.stripe_account = s.stripe_account and i.subscription_id = s.id and i.paid_at is null) as failed_at
            from provisioning.accounts a join provisioning.subscriptions s on s.user_id = a.user_id
            where a.account_number = any ($1) order by s.stripe_account, s.id
            """;

    private static final String FIND_HOLDS = """
            select account_number, reason from provisioning.access_holds
            where account_number = any ($1) and held_at is not null and released_at is null
            """;

    private static final String FIND_TOLD = """
            select account_number, granted, until, reasons, revision, review_at from provisioning.account_access
            where account_number = any ($1)
            """;

    private static final String UPSERT_TOLD = """
            insert into provisioning.account_access (account_number, granted, until, reasons, revision, review_at)
            select number, granted, until, string_to_array(reasons, ','), revision, review_at
            from unnest($1::text[], $2::bool[], $3::timestamptz[], $4::text[], $5::bigint[], $6::timestamptz[])
              as q (number, granted, until, reasons, revision, review_at)
            on conflict (account_number) do update set granted = excluded.granted, until = excluded.until,
              reasons = excluded.reasons, revision = excluded.revision, review_at = excluded.review_at, updated_at = now()
            """;

    private static final String UPSERT_HOLDS = """
            insert into provisioning.access_holds as h
              (stripe_account, hold_id, anchor, account_number, user_id, reason, held_at, released_at)
            select a, id, min(anchor), min(number), min(u::text)::uuid, min(reason), min(held), min(released)
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::timestamptz[],
                        $8::timestamptz[]) as q (a, id, anchor, number, u, reason, held, released)
            group by a, id
            on conflict (stripe_account, hold_id) do update set held_at = least(h.held_at, excluded.held_at),
              released_at = least(h.released_at, excluded.released_at)
            """;

    private static final String FIND_KNOWN =
            "select account_number from provisioning.accounts where account_number = any ($1)";

    private static final String FIND_DUE = """
            select account_number from provisioning.account_access where review_at <= $1
            order by review_at limit $2 for no key update skip locked
            """;

    private static final String MARK = """
            update provisioning.accounts
            set marked_inactive_by_user = case when $2 then coalesce(marked_inactive_by_user, $3) end
            where user_id = $1 returning account_number
            """;

    private final CardStore cards = new CardStore();

    /** What the others were told. */
    public record Told(boolean granted, @Nullable Instant until, List<String> reasons, long revision) {}

    /** Locks the accounts, so that what is told follows one order. */
    public Uni<Void> lock(SqlConnection transaction, Set<String> numbers) {
        return transaction.preparedQuery(LOCK_ACCOUNTS).execute(texts(numbers)).replaceWithVoid();
    }

    public Uni<Set<String>> known(SqlConnection transaction, Set<String> numbers) {
        return transaction.preparedQuery(FIND_KNOWN).execute(texts(numbers)).map(rows -> {
            Set<String> known = new HashSet<>();
            rows.forEach(row -> known.add(row.getString("account_number")));
            return known;
        });
    }

    /** Keeps whether the user paused the account; its number, when there is one. */
    public Uni<Set<String>> mark(SqlConnection transaction, UUID userId, boolean isInactive, Instant now) {
        return transaction
                .preparedQuery(MARK)
                .execute(Tuple.of(userId, isInactive, time(now)))
                .map(rows -> {
                    Set<String> marked = new HashSet<>();
                    rows.forEach(row -> marked.add(row.getString("account_number")));
                    return marked;
                });
    }

    /** The accounts whose access may have ended by time alone. */
    public Uni<Set<String>> due(SqlConnection transaction, Instant now, int limit) {
        return transaction
                .preparedQuery(FIND_DUE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> {
                    Set<String> due = new LinkedHashSet<>();
                    rows.forEach(row -> due.add(row.getString("account_number")));
                    return due;
                });
    }

    /** Everything that the access of the accounts is derived from: one statement per table. */
    public Uni<List<AccessInputs>> inputs(SqlConnection connection, Set<String> numbers) {
        Map<String, List<TimeMove>> moves = new HashMap<>();
        Map<String, @Nullable Instant> bases = new HashMap<>();
        Map<String, List<Subscribed>> subscriptions = new HashMap<>();
        Map<String, List<String>> holds = new HashMap<>();
        Map<String, Long> cardTrials = new HashMap<>();
        return connection
                .preparedQuery(FIND_MOVES)
                .execute(texts(numbers))
                .invoke(rows -> rows.forEach(row -> {
                    String number = row.getString("account_number");
                    if (!moves.containsKey(number)) {
                        bases.put(number, instant(row, "previous_expiry"));
                    }
                    add(moves, row, AccountStore.move(row));
                }))
                .chain(() -> connection.preparedQuery(FIND_SUBSCRIPTIONS).execute(texts(numbers)))
                .invoke(rows -> rows.forEach(row -> add(subscriptions, row, subscribed(row))))
                .chain(() -> connection.preparedQuery(FIND_HOLDS).execute(texts(numbers)))
                .invoke(rows -> rows.forEach(row -> add(holds, row, row.getString("reason"))))
                .chain(() -> cards.earlier(connection, numbers))
                .invoke(cardTrials::putAll)
                .chain(() -> connection.preparedQuery(FIND_ACCOUNTS).execute(texts(numbers)))
                .map(rows -> {
                    List<AccessInputs> inputs = new ArrayList<>();
                    rows.forEach(row -> {
                        String number = row.getString("account_number");
                        List<TimeMove> moved = moves.getOrDefault(number, List.of());
                        inputs.add(new AccessInputs(
                                row.getUUID("user_id"),
                                number,
                                row.getString("status"),
                                row.getBoolean("is_marked"),
                                moved.isEmpty() ? instant(row, "expiry") : bases.get(number),
                                moved,
                                subscriptions.getOrDefault(number, List.of()),
                                holds.getOrDefault(number, List.of()),
                                cardTrials));
                    });
                    return inputs;
                });
    }

    public Uni<Map<String, Told>> told(SqlConnection transaction, Set<String> numbers) {
        return transaction.preparedQuery(FIND_TOLD).execute(texts(numbers)).map(rows -> {
            Map<String, Told> told = new HashMap<>();
            rows.forEach(row -> told.put(
                    row.getString("account_number"),
                    new Told(
                            row.getBoolean("granted"),
                            instant(row, "until"),
                            List.of(row.getArrayOfStrings("reasons")),
                            row.getLong("revision"))));
            return told;
        });
    }

    /** Keeps what is told now, each with its revision and when to look again. */
    public Uni<Void> remember(SqlConnection transaction, Map<String, Access> now, Map<String, Long> revisions) {
        List<Map.Entry<String, Access>> rows = List.copyOf(new LinkedHashMap<>(now).entrySet());
        Tuple columns = Tuple.tuple()
                .addArrayOfString(rows.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .addArrayOfBoolean(
                        rows.stream().map(row -> row.getValue().active()).toArray(Boolean[]::new))
                .addArrayOfOffsetDateTime(
                        rows.stream().map(row -> time(row.getValue().until())).toArray(OffsetDateTime[]::new))
                .addArrayOfString(rows.stream()
                        .map(row -> String.join(",", row.getValue().reasons()))
                        .toArray(String[]::new))
                .addArrayOfLong(
                        rows.stream().map(row -> revisions.get(row.getKey())).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(rows.stream()
                        .map(row -> time(row.getValue().reviewAt()))
                        .toArray(OffsetDateTime[]::new));
        return transaction.preparedQuery(UPSERT_TOLD).execute(columns).replaceWithVoid();
    }

    public Uni<Void> hold(SqlConnection transaction, Collection<HoldFact> facts) {
        List<HoldFact> rows = List.copyOf(facts);
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(rows.stream().map(HoldFact::stripeAccount).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(HoldFact::holdId).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(HoldFact::anchor).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(HoldFact::accountNumber).toArray(String[]::new))
                .addArrayOfUUID(rows.stream().map(HoldFact::userId).toArray(UUID[]::new))
                .addArrayOfString(rows.stream().map(HoldFact::reason).toArray(String[]::new))
                .addArrayOfOffsetDateTime(rows.stream()
                        .map(row -> time(row.isReleased() ? null : row.at()))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(rows.stream()
                        .map(row -> time(row.isReleased() ? row.at() : null))
                        .toArray(OffsetDateTime[]::new));
        return transaction.preparedQuery(UPSERT_HOLDS).execute(columns).replaceWithVoid();
    }

    private static Subscribed subscribed(Row row) {
        return new Subscribed(
                row.getString("id"),
                SubscriptionState.of(row.getString("status")),
                instant(row, "paid_until"),
                instant(row, "failed_at"),
                instant(row, "trial_start"),
                instant(row, "trial_end"),
                row.getBoolean("cancel_at_period_end"),
                instant(row, "cancel_at"),
                row.getBoolean("is_paused"),
                row.getString("cancellation_reason"));
    }

    private static <T> void add(Map<String, List<T>> lists, Row row, T value) {
        lists.computeIfAbsent(row.getString("account_number"), _ -> new ArrayList<>())
                .add(value);
    }

    private static Tuple texts(Collection<String> texts) {
        return Tuple.tuple().addArrayOfString(texts.toArray(String[]::new));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
