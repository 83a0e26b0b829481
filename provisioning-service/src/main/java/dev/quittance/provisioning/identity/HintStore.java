package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.customer.Noted;
import dev.quittance.provisioning.customer.Stamp;
import dev.quittance.provisioning.identity.ContactHint.Reference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The e-mails that stand beside purchases, kept while nobody knows whose they are. */
public final class HintStore {
    /** What nobody asked for in that time is nobody's business here. */
    private static final int KEPT_DAYS = 30;
    /** Most old ones that go with one batch. */
    private static final int PURGE_MAX = 500;

    // Of a customer who said an e-mail, or typed one, nothing more needs to be known.
    private static final String FIND_NEEDED = """
            select q.stripe_account, q.reference
            from unnest($1::text[], $2::text[]) as q (stripe_account, reference)
            left join provisioning.stripe_customers c
              on c.stripe_account = q.stripe_account and c.stripe_customer_id = q.reference
            where c.user_id is null or c.email_as_of is null or c.email_as_of < '0'
            """;

    private static final String FIND_HINTS = """
            select h.stripe_account, h.reference, h.email, h.as_of, null as subject
            from provisioning.contact_hints h
            join unnest($1::text[], $2::text[]) as q (stripe_account, reference) using (stripe_account, reference)
            union all
            select w.stripe_account, w.reference, null, null, w.subject
            from provisioning.contact_waits w
            join unnest($1::text[], $2::text[]) as q (stripe_account, reference) using (stripe_account, reference)
            """;

    private static final String INSERT_HINTS = """
            insert into provisioning.contact_hints as h (stripe_account, reference, place, email, as_of)
            select distinct on (q.stripe_account, q.reference, q.place) q.*
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
              as q (stripe_account, reference, place, email, as_of)
            order by q.stripe_account, q.reference, q.place, q.as_of collate "C"
            on conflict (stripe_account, reference, place) do update
              set email = excluded.email, as_of = excluded.as_of where excluded.as_of < h.as_of
            """;

    private static final String INSERT_WAITS = """
            insert into provisioning.contact_waits (stripe_account, reference, subject)
            select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing
            """;

    private static final String DELETE_USED = """
            with used as (select * from unnest($1::text[], $2::text[]) as q (stripe_account, reference)),
            unhinted as (
              delete from provisioning.contact_hints h using used u
              where h.stripe_account = u.stripe_account and h.reference = u.reference)
            delete from provisioning.contact_waits w using used u
            where w.stripe_account = u.stripe_account and w.reference = u.reference
            """;

    private static final String PURGE = """
            delete from provisioning.contact_hints where (stripe_account, reference, place) in (
              select stripe_account, reference, place from provisioning.contact_hints
              where recorded_at < now() - make_interval(days => $1) order by recorded_at limit $2
              for update skip locked)
            """;

    /** Of which of these something is still to be known. */
    public Uni<Set<Reference>> needed(SqlConnection transaction, Collection<ContactHint> hints) {
        Set<Reference> asked = new HashSet<>();
        hints.forEach(hint -> asked.add(hint.key()));
        return asked.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : transaction
                        .preparedQuery(FIND_NEEDED)
                        .execute(references(asked))
                        .map(rows -> {
                            Set<Reference> needed = new HashSet<>();
                            rows.forEach(row -> needed.add(
                                    new Reference(row.getString("stripe_account"), row.getString("reference"))));
                            return needed;
                        });
    }

    Uni<Void> load(SqlConnection transaction, Interest interest, WorkingSet set) {
        return interest.references.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(FIND_HINTS)
                        .execute(references(interest.references))
                        .invoke(rows -> rows.forEach(row -> {
                            Reference key = new Reference(row.getString("stripe_account"), row.getString("reference"));
                            String email = row.getString("email");
                            if (email == null) {
                                set.hints.loadWaiting(key, row.getString("subject"));
                            } else {
                                set.hints.load(key, new Noted(email, new Stamp(row.getString("as_of"))));
                                interest.addEmail(email);
                            }
                        }))
                        .replaceWithVoid();
    }

    Uni<Void> flush(SqlConnection transaction, Hints hints) {
        List<ContactHint> added = hints.added();
        Uni<Void> kept = added.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(INSERT_HINTS)
                        .execute(Tuple.tuple()
                                .addArrayOfString(column(added, ContactHint::stripeAccount))
                                .addArrayOfString(column(added, ContactHint::reference))
                                .addArrayOfString(
                                        column(added, hint -> hint.place().token()))
                                .addArrayOfString(column(added, ContactHint::email))
                                .addArrayOfString(
                                        column(added, hint -> hint.stamp().text())))
                        .chain(() -> transaction.preparedQuery(PURGE).execute(Tuple.of(KEPT_DAYS, PURGE_MAX)))
                        .replaceWithVoid();
        return kept.chain(() -> wait(transaction, hints.waits())).chain(() -> forget(transaction, hints.used()));
    }

    private static Uni<Void> wait(SqlConnection transaction, Collection<Hints.Waiting> waits) {
        return waits.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(INSERT_WAITS)
                        .execute(references(waits.stream()
                                        .map(Hints.Waiting::reference)
                                        .toList())
                                .addArrayOfString(column(waits, Hints.Waiting::subject)))
                        .replaceWithVoid();
    }

    private static Uni<Void> forget(SqlConnection transaction, Set<Reference> used) {
        return used.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(DELETE_USED)
                        .execute(references(used))
                        .replaceWithVoid();
    }

    private static Tuple references(Collection<Reference> references) {
        return Tuple.tuple()
                .addArrayOfString(column(references, Reference::stripeAccount))
                .addArrayOfString(column(references, Reference::id));
    }

    private static <T> String[] column(Collection<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
