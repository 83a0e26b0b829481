package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.account.AccountNumber;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.CustomerLink;
import dev.quittance.provisioning.customer.Noted;
import dev.quittance.provisioning.customer.Stamp;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Flushes what identity rules changed: one statement per table for a whole batch. */
public final class IdentityWriteStore {
    // The empty tokens are what Supabase's own server writes; it cannot read nulls there.
    private static final String INSERT_AUTH_USERS = """
            insert into auth.users
              (instance_id, id, aud, role, email, raw_app_meta_data, raw_user_meta_data, created_at, updated_at,
               confirmation_token, recovery_token, email_change_token_new, email_change)
            select '00000000-0000-0000-0000-000000000000', u.id, 'authenticated', 'authenticated', u.email,
                   '{"provider": "quittance", "providers": ["quittance"]}', '{}', now(), now(), '', '', '', ''
            from unnest($1::uuid[], $2::text[]) as u (id, email)
            """;

    private static final String UPDATE_AUTH_EMAILS = """
            update auth.users u set email = q.email, updated_at = now()
            from unnest($1::uuid[], $2::text[]) as q (id, email) where u.id = q.id
            """;

    private static final String UPSERT_PROFILES = """
            insert into provisioning.users (id, email, email_as_of, full_name, full_name_as_of)
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
            on conflict (id) do update set email = excluded.email, email_as_of = excluded.email_as_of,
              full_name = excluded.full_name, full_name_as_of = excluded.full_name_as_of, updated_at = now()
            """;

    private static final String INSERT_ACCOUNTS = """
            insert into provisioning.accounts (user_id, account_number) select * from unnest($1::uuid[], $2::text[])
            """;

    private static final String UPSERT_LINKS = """
            insert into provisioning.stripe_customers
              (stripe_account, stripe_customer_id, user_id, is_primary, evidence, customer_email, email_as_of,
               customer_name, name_as_of, customer_metadata, metadata_as_of, is_announced)
            select stripe_account, stripe_customer_id, user_id, is_primary, evidence, customer_email, email_as_of,
                   customer_name, name_as_of, customer_metadata::jsonb, metadata_as_of, is_announced
            from unnest($1::text[], $2::text[], $3::uuid[], $4::bool[], $5::text[], $6::text[], $7::text[], $8::text[],
                        $9::text[], $10::text[], $11::text[], $12::bool[])
              as q (stripe_account, stripe_customer_id, user_id, is_primary, evidence, customer_email, email_as_of,
                    customer_name, name_as_of, customer_metadata, metadata_as_of, is_announced)
            on conflict (stripe_account, stripe_customer_id) do update set
              user_id = excluded.user_id, is_primary = excluded.is_primary, evidence = excluded.evidence,
              customer_email = excluded.customer_email, email_as_of = excluded.email_as_of,
              customer_name = excluded.customer_name, name_as_of = excluded.name_as_of,
              customer_metadata = excluded.customer_metadata, metadata_as_of = excluded.metadata_as_of,
              is_announced = excluded.is_announced, updated_at = now()
            """;

    private static final String UPSERT_SESSIONS = """
            insert into provisioning.resolved_sessions (stripe_account, session_id, user_id, stripe_customer_id, is_paid)
            select * from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::bool[])
            on conflict (stripe_account, session_id) do update set is_paid = excluded.is_paid, updated_at = now()
            """;

    private static final String DELETE_MISMATCHES = """
            delete from provisioning.identity_mismatches m
            using unnest($1::text[], $2::text[], $3::text[]) as q (stripe_account, subject, reason)
            where (m.stripe_account, m.subject, m.reason) = (q.stripe_account, q.subject, q.reason)
            """;

    private static final String UPSERT_MISMATCHES = """
            insert into provisioning.identity_mismatches (stripe_account, subject, reason, user_id, other_user_id)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[])
            on conflict (stripe_account, subject, reason)
              do update set user_id = excluded.user_id, other_user_id = excluded.other_user_id
            """;

    private static final String INSERT_CLAIMS = """
            insert into provisioning.identity_claims (stripe_account, subject, reason, email)
            select distinct on (1, 2) * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
            on conflict (stripe_account, subject) do nothing
            """;

    private static final String REQUEST_USERS = """
            insert into provisioning.auth_user_requests (email) select unnest($1::text[]) on conflict do nothing
            """;

    private static final String APPEND_AUDIT = """
            insert into provisioning.customer_audit (event_id, stripe_account, subject, action, user_id, other_user_id)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[])
            """;

    private static final String WITHDRAW_USERS = "select provisioning.withdraw_users($1)";

    private final HintStore hints = new HintStore();

    /** Writes all that the working set changed. */
    public Uni<Void> flush(SqlConnection transaction, WorkingSet set) {
        List<Person> added = set.people.added();
        List<Person> changed = set.people.changed();
        List<Person> renamed = changed.stream()
                .filter(person -> !Objects.equals(person.authEmail(), before(set, person, Person::authEmail)))
                .toList();
        List<Person> opened = Stream.concat(added.stream(), changed.stream())
                .filter(person -> person.account() != null && before(set, person, Person::account) == null)
                .toList();
        List<Person> profiles = Stream.concat(
                        added.stream(), changed.stream().filter(person -> isProfileChanged(set, person)))
                .toList();
        List<CustomerLink> links = Stream.concat(set.links.added().stream(), set.links.changed().stream())
                .toList();
        List<ResolvedSession> sessions = Stream.concat(set.sessions.added().stream(), set.sessions.changed().stream())
                .toList();
        return execute(transaction, INSERT_AUTH_USERS, added, IdentityWriteStore::emails)
                .chain(() -> execute(transaction, UPDATE_AUTH_EMAILS, renamed, IdentityWriteStore::emails))
                .chain(() -> execute(transaction, UPSERT_PROFILES, profiles, IdentityWriteStore::profiles))
                .chain(() -> execute(transaction, INSERT_ACCOUNTS, opened, IdentityWriteStore::accounts))
                .chain(() -> execute(transaction, UPSERT_LINKS, links, IdentityWriteStore::links))
                .chain(() -> execute(transaction, UPSERT_SESSIONS, sessions, IdentityWriteStore::sessions))
                .chain(() -> flushQueue(transaction, set))
                .chain(() -> hints.flush(transaction, set.hints))
                .chain(() -> execute(transaction, APPEND_AUDIT, set.audited(), IdentityWriteStore::audit))
                .chain(() -> execute(transaction, WITHDRAW_USERS, set.withdrawnUsers(), IdentityWriteStore::ids));
    }

    private static Uni<Void> flushQueue(SqlConnection transaction, WorkingSet set) {
        List<Mismatch> queued = Stream.concat(set.mismatches.added().stream(), set.mismatches.changed().stream())
                .toList();
        return execute(transaction, DELETE_MISMATCHES, set.mismatches.removed(), IdentityWriteStore::keys)
                .chain(() -> execute(transaction, UPSERT_MISMATCHES, queued, IdentityWriteStore::mismatches))
                .chain(() -> execute(transaction, INSERT_CLAIMS, set.claims, IdentityWriteStore::claims))
                .chain(() -> execute(
                        transaction,
                        REQUEST_USERS,
                        set.requested,
                        emails -> Tuple.tuple().addArrayOfString(emails.toArray(String[]::new))));
    }

    private static <T> Uni<Void> execute(
            SqlConnection transaction, String sql, Collection<T> rows, Function<Collection<T>, Tuple> columns) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction.preparedQuery(sql).execute(columns.apply(rows)).replaceWithVoid();
    }

    private static <T> @Nullable T before(WorkingSet set, Person person, Function<Person, @Nullable T> column) {
        Person loaded = set.people.loaded(person.id());
        return loaded == null ? null : column.apply(loaded);
    }

    private static boolean isProfileChanged(WorkingSet set, Person person) {
        return !Objects.equals(person.email(), before(set, person, Person::email))
                || !Objects.equals(person.name(), before(set, person, Person::name));
    }

    private static Tuple emails(Collection<Person> people) {
        return Tuple.tuple()
                .addArrayOfUUID(column(people, Person::id, UUID[]::new))
                .addArrayOfString(column(people, Person::authEmail, String[]::new));
    }

    private static Tuple profiles(Collection<Person> people) {
        return Tuple.tuple()
                .addArrayOfUUID(column(people, Person::id, UUID[]::new))
                .addArrayOfString(column(people, person -> value(person.email()), String[]::new))
                .addArrayOfString(column(people, person -> asOf(person.email()), String[]::new))
                .addArrayOfString(column(people, person -> value(person.name()), String[]::new))
                .addArrayOfString(column(people, person -> asOf(person.name()), String[]::new));
    }

    private static Tuple accounts(Collection<Person> people) {
        return Tuple.tuple()
                .addArrayOfUUID(column(people, Person::id, UUID[]::new))
                .addArrayOfString(column(people, IdentityWriteStore::number, String[]::new));
    }

    private static Tuple links(Collection<CustomerLink> links) {
        return Tuple.tuple()
                .addArrayOfString(column(links, link -> link.key().stripeAccount(), String[]::new))
                .addArrayOfString(column(links, link -> link.key().customerId(), String[]::new))
                .addArrayOfUUID(column(links, CustomerLink::userId, UUID[]::new))
                .addArrayOfBoolean(column(links, CustomerLink::isPrimary, Boolean[]::new))
                .addArrayOfString(column(links, link -> link.evidence().token(), String[]::new))
                .addArrayOfString(column(links, link -> value(link.email()), String[]::new))
                .addArrayOfString(column(links, link -> asOf(link.email()), String[]::new))
                .addArrayOfString(column(links, link -> value(link.name()), String[]::new))
                .addArrayOfString(column(links, link -> asOf(link.name()), String[]::new))
                .addArrayOfString(column(links, link -> json(link.metadata()), String[]::new))
                .addArrayOfString(column(links, link -> text(link.metadataAsOf()), String[]::new))
                .addArrayOfBoolean(column(links, CustomerLink::isAnnounced, Boolean[]::new));
    }

    private static Tuple sessions(Collection<ResolvedSession> sessions) {
        return Tuple.tuple()
                .addArrayOfString(column(sessions, session -> session.key().stripeAccount(), String[]::new))
                .addArrayOfString(column(sessions, session -> session.key().sessionId(), String[]::new))
                .addArrayOfUUID(column(sessions, ResolvedSession::userId, UUID[]::new))
                .addArrayOfString(column(sessions, session -> customerId(session.customer()), String[]::new))
                .addArrayOfBoolean(column(sessions, ResolvedSession::isPaid, Boolean[]::new));
    }

    private static Tuple keys(Collection<Mismatch.Key> keys) {
        return Tuple.tuple()
                .addArrayOfString(column(keys, Mismatch.Key::stripeAccount, String[]::new))
                .addArrayOfString(column(keys, Mismatch.Key::subject, String[]::new))
                .addArrayOfString(column(keys, Mismatch.Key::reason, String[]::new));
    }

    private static Tuple mismatches(Collection<Mismatch> mismatches) {
        return keys(mismatches.stream().map(Mismatch::key).toList())
                .addArrayOfUUID(column(mismatches, Mismatch::userId, UUID[]::new))
                .addArrayOfUUID(column(mismatches, Mismatch::otherUserId, UUID[]::new));
    }

    private static Tuple claims(Collection<WorkingSet.Claim> claims) {
        return keys(claims.stream().map(WorkingSet.Claim::key).toList())
                .addArrayOfString(column(claims, WorkingSet.Claim::email, String[]::new));
    }

    private static Tuple audit(Collection<WorkingSet.Audited> lines) {
        return Tuple.tuple()
                .addArrayOfString(column(lines, WorkingSet.Audited::eventId, String[]::new))
                .addArrayOfString(column(lines, line -> line.entry().stripeAccount(), String[]::new))
                .addArrayOfString(column(lines, line -> line.entry().subject(), String[]::new))
                .addArrayOfString(column(lines, line -> line.entry().action(), String[]::new))
                .addArrayOfUUID(column(lines, line -> line.entry().userId(), UUID[]::new))
                .addArrayOfUUID(column(lines, line -> line.entry().otherUserId(), UUID[]::new));
    }

    private static Tuple ids(Collection<UUID> ids) {
        return Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new));
    }

    private static <T, C> C[] column(
            Collection<T> rows, Function<T, ? extends @Nullable C> value, java.util.function.IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private static @Nullable String number(Person person) {
        AccountNumber account = person.account();
        return account == null ? null : account.digits();
    }

    private static @Nullable String value(@Nullable Noted noted) {
        return noted == null ? null : noted.value();
    }

    private static @Nullable String asOf(@Nullable Noted noted) {
        return noted == null ? null : text(noted.asOf());
    }

    private static @Nullable String text(@Nullable Stamp stamp) {
        return stamp == null ? null : stamp.text();
    }

    private static @Nullable String customerId(@Nullable CustomerKey customer) {
        return customer == null ? null : customer.customerId();
    }

    private static String json(Map<String, String> metadata) {
        JsonObject json = new JsonObject();
        metadata.forEach(json::put);
        return json.encode();
    }
}
