package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.account.AccountNumber;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.CustomerLink;
import dev.quittance.provisioning.customer.Evidence;
import dev.quittance.provisioning.customer.Noted;
import dev.quittance.provisioning.customer.Stamp;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Loads what identity rules look at: one statement per table for a whole batch. */
public final class IdentityStore {
    private static final String FIND_LINKS = """
            select c.stripe_account, c.stripe_customer_id, c.user_id, c.is_primary, c.evidence,
                   c.customer_email, c.email_as_of, c.customer_name, c.name_as_of, c.customer_metadata, c.metadata_as_of,
                   c.is_announced,
                   exists (select from provisioning.resolved_sessions s
                           where s.stripe_account = c.stripe_account and s.stripe_customer_id = c.stripe_customer_id
                             and s.user_id = c.user_id and s.is_paid) as has_paid_session
            from provisioning.stripe_customers c
            join unnest($1::text[], $2::text[]) as q (stripe_account, stripe_customer_id)
              using (stripe_account, stripe_customer_id)
            """;

    private static final String FIND_SESSIONS = """
            select s.stripe_account, s.session_id, s.user_id, s.stripe_customer_id, s.is_paid
            from provisioning.resolved_sessions s
            join unnest($1::text[], $2::text[]) as q (stripe_account, session_id) using (stripe_account, session_id)
            """;

    private static final String FIND_MISMATCHES = """
            select m.stripe_account, m.subject, m.reason, m.user_id, m.other_user_id
            from provisioning.identity_mismatches m
            join unnest($1::text[], $2::text[]) as q (stripe_account, subject) using (stripe_account, subject)
            """;

    private static final String FIND_DECISIONS = """
            select d.stripe_account, d.subject, d.reason, d.user_id
            from provisioning.identity_decisions d
            join unnest($1::text[], $2::text[]) as q (stripe_account, subject) using (stripe_account, subject)
            order by d.recorded_at
            """;

    // Locked in one order, so that whatever concerns one user happens one after the other. Ours are also looked for as
    // spelt: lower() may differ from ours for letters that no mail server has.
    private static final String LOCK_USERS = """
            select u.id, u.email, u.email_confirmed_at is not null as is_verified,
                   (coalesce(u.raw_app_meta_data ->> 'provider' = 'quittance', false)
                     or coalesce(u.raw_app_meta_data -> 'quittance' = 'true', false)) and u.last_sign_in_at is null
                     and u.email_confirmed_at is null and coalesce(u.encrypted_password, '') = '' as is_unclaimed,
                   u.deleted_at is not null as is_gone
            from auth.users u
            where u.id = any ($1)
              or u.id in (select p.id from provisioning.users p where lower(btrim(p.email::text)) = any ($2))
              or (u.email = any ($2) and not u.is_sso_user)
            order by u.id
            for no key update of u
            """;

    private static final String FIND_PROFILES = """
            select q.id, p.id is null as is_missing, p.email, p.email_as_of, p.full_name, p.full_name_as_of,
                   a.account_number,
                   exists (select from provisioning.resolved_sessions s where s.user_id = q.id)
                     or exists (select from provisioning.account_extensions e where e.user_id = q.id)
                     or exists (select from provisioning.stripe_customers c
                                where c.user_id = q.id and c.is_announced and c.evidence in ('hint', 'email')) as is_in_use
            from unnest($1::uuid[]) as q (id)
            left join provisioning.users p on p.id = q.id
            left join provisioning.accounts a on a.user_id = q.id
            """;

    private static final String MEND_PROFILES = "select provisioning.mend_profiles_of($1)";

    private static final String FIND_CUSTOMERS_OF = """
            select user_id, stripe_account, stripe_customer_id, is_primary from provisioning.stripe_customers
            where user_id = any ($1)
            """;

    private final HintStore hints = new HintStore();

    /** An auth user, locked. */
    private record Locked(UUID id, @Nullable String email, boolean isVerified, boolean isUnclaimed, boolean isGone) {}

    /** Fills the working set with all that the facts speak of. */
    public Uni<Void> load(SqlConnection transaction, Interest interest, WorkingSet set) {
        return query(
                        transaction,
                        FIND_LINKS,
                        keys(interest.customers, CustomerKey::stripeAccount, CustomerKey::customerId))
                .invoke(rows -> rows.forEach(row -> {
                    CustomerLink link = link(row);
                    set.load(link);
                    interest.users.add(link.userId());
                    interest.addEmail(link.email() == null ? null : link.email().value());
                }))
                .chain(() -> query(
                        transaction,
                        FIND_SESSIONS,
                        keys(interest.sessions, SessionKey::stripeAccount, SessionKey::sessionId)))
                .invoke(rows -> rows.forEach(row -> {
                    ResolvedSession session = session(row);
                    set.load(session);
                    interest.users.add(session.userId());
                }))
                .chain(() -> query(transaction, FIND_MISMATCHES, subjects(interest)))
                .invoke(rows -> rows.forEach(row -> set.load(mismatch(row))))
                .chain(() -> query(transaction, FIND_DECISIONS, subjects(interest)))
                .invoke(rows -> rows.forEach(row -> load(row, interest, set)))
                .chain(() -> hints.load(transaction, interest, set))
                .chain(() -> loadPeople(transaction, interest, set));
    }

    private static Uni<Void> loadPeople(SqlConnection transaction, Interest interest, WorkingSet set) {
        Tuple wanted = Tuple.tuple()
                .addArrayOfUUID(interest.users.toArray(UUID[]::new))
                .addArrayOfString(interest.emails.toArray(String[]::new));
        return query(transaction, LOCK_USERS, wanted).chain(rows -> {
            Map<UUID, Locked> locked = new LinkedHashMap<>();
            rows.forEach(row -> locked.put(row.getUUID("id"), locked(row)));
            Tuple ids = Tuple.tuple().addArrayOfUUID(locked.keySet().toArray(UUID[]::new));
            return profiles(transaction, ids, locked)
                    .invoke(found ->
                            found.forEach(row -> load(Objects.requireNonNull(locked.get(row.getUUID("id"))), row, set)))
                    .chain(() -> query(transaction, FIND_CUSTOMERS_OF, ids))
                    .invoke(found -> found.forEach(row ->
                            set.loadCustomer(row.getUUID("user_id"), customer(row), row.getBoolean("is_primary"))))
                    .replaceWithVoid();
        });
    }

    /** A trigger makes them; should one be missing, it is made before anything is built on it. */
    private static Uni<RowSet<Row>> profiles(SqlConnection transaction, Tuple ids, Map<UUID, Locked> locked) {
        return query(transaction, FIND_PROFILES, ids).chain(found -> {
            List<UUID> missing = new ArrayList<>();
            found.forEach(row -> {
                UUID id = row.getUUID("id");
                if (row.getBoolean("is_missing")
                        && !Objects.requireNonNull(locked.get(id)).isGone()) {
                    missing.add(id);
                }
            });
            return missing.isEmpty()
                    ? Uni.createFrom().item(found)
                    : query(transaction, MEND_PROFILES, Tuple.tuple().addArrayOfUUID(missing.toArray(UUID[]::new)))
                            .chain(() -> query(transaction, FIND_PROFILES, ids));
        });
    }

    private static void load(Row decision, Interest interest, WorkingSet set) {
        UUID userId = decision.getUUID("user_id");
        String account = decision.getString("stripe_account");
        String subject = decision.getString("subject");
        if (userId == null) {
            set.decisions.keep(new Mismatch.Key(account, subject, decision.getString("reason")));
        } else {
            set.decisions.assign(account, subject, userId);
            interest.users.add(userId);
        }
    }

    private static void load(Locked user, Row row, WorkingSet set) {
        if (user.isGone()) {
            set.loadGone(person(user, row));
        } else {
            set.load(person(user, row));
        }
    }

    private static Uni<RowSet<Row>> query(SqlConnection transaction, String sql, Tuple values) {
        return transaction.preparedQuery(sql).execute(values);
    }

    private static <K> Tuple keys(Collection<K> keys, Function<K, String> first, Function<K, String> second) {
        return Tuple.tuple()
                .addArrayOfString(keys.stream().map(first).toArray(String[]::new))
                .addArrayOfString(keys.stream().map(second).toArray(String[]::new));
    }

    private static Tuple subjects(Interest interest) {
        record Subject(String account, String id) {}
        List<Subject> subjects = java.util.stream.Stream.concat(
                        interest.customers.stream().map(key -> new Subject(key.stripeAccount(), key.customerId())),
                        interest.sessions.stream().map(key -> new Subject(key.stripeAccount(), key.sessionId())))
                .toList();
        return keys(subjects, Subject::account, Subject::id);
    }

    private static CustomerKey customer(Row row) {
        return new CustomerKey(row.getString("stripe_account"), row.getString("stripe_customer_id"));
    }

    private static @Nullable Noted noted(Row row, String value, String asOf) {
        return Noted.ofNullable(row.getString(value), Stamp.ofNullable(row.getString(asOf)));
    }

    private static CustomerLink link(Row row) {
        Map<String, String> metadata = new LinkedHashMap<>();
        JsonObject stored = row.getJsonObject("customer_metadata");
        stored.fieldNames().forEach(name -> metadata.put(name, String.valueOf(stored.getValue(name))));
        return new CustomerLink(
                customer(row),
                row.getUUID("user_id"),
                row.getBoolean("is_primary"),
                Evidence.of(row.getString("evidence")),
                noted(row, "customer_email", "email_as_of"),
                noted(row, "customer_name", "name_as_of"),
                metadata,
                Stamp.ofNullable(row.getString("metadata_as_of")),
                row.getBoolean("is_announced"),
                row.getBoolean("has_paid_session"));
    }

    private static ResolvedSession session(Row row) {
        return new ResolvedSession(
                new SessionKey(row.getString("stripe_account"), row.getString("session_id")),
                row.getUUID("user_id"),
                row.getString("stripe_customer_id") == null ? null : customer(row),
                row.getBoolean("is_paid"));
    }

    private static Mismatch mismatch(Row row) {
        return new Mismatch(
                new Mismatch.Key(row.getString("stripe_account"), row.getString("subject"), row.getString("reason")),
                row.getUUID("user_id"),
                row.getUUID("other_user_id"));
    }

    private static Locked locked(Row row) {
        return new Locked(
                row.getUUID("id"),
                row.getString("email"),
                row.getBoolean("is_verified"),
                row.getBoolean("is_unclaimed"),
                row.getBoolean("is_gone"));
    }

    private static Person person(Locked user, Row row) {
        String number = row.getString("account_number");
        return new Person(
                user.id(),
                user.email(),
                user.isVerified(),
                user.isUnclaimed(),
                noted(row, "email", "email_as_of"),
                noted(row, "full_name", "full_name_as_of"),
                number == null ? null : new AccountNumber(number),
                row.getBoolean("is_in_use"));
    }
}
