package dev.quittance.provisioning.access;

import dev.quittance.provisioning.account.TimeMove;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Payments that went back, and the time that they had paid for. */
public final class ReversalStore {
    private static final String INSERT = """
            insert into provisioning.payment_reversals (stripe_account, anchor, revision, kind, happened_at)
            select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[])
            on conflict do nothing
            """;

    private static final String FIND_MOVES = """
            select e.business_key, e.account_number, e.stripe_account, e.subscription_id, e.invoice_id, r.revision, r.kind,
                   r.happened_at
            from provisioning.account_extensions e
            join unnest($1::text[], $2::text[]) as q (stripe_account, invoice_id) using (stripe_account, invoice_id)
            join provisioning.payment_reversals r on r.stripe_account = e.stripe_account and r.anchor = e.invoice_id
            where e.kind = 'extend'
            order by r.revision, e.business_key
            """;

    /** A payment's anchor in one Stripe account. */
    public record Anchor(String stripeAccount, String id) {}

    public Uni<Void> insert(SqlConnection transaction, Collection<ReversalFact> facts) {
        List<ReversalFact> rows = List.copyOf(facts);
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(rows.stream().map(ReversalFact::stripeAccount).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(ReversalFact::anchor).toArray(String[]::new))
                .addArrayOfLong(rows.stream().map(ReversalFact::revision).toArray(Long[]::new))
                .addArrayOfString(rows.stream().map(row -> row.kind().token()).toArray(String[]::new))
                .addArrayOfOffsetDateTime(rows.stream()
                        .map(row -> row.at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
        return transaction.preparedQuery(INSERT).execute(columns).replaceWithVoid();
    }

    /** What the reversals of the anchors' payments do to the time that these gave. */
    public Uni<List<TimeMove>> moves(SqlConnection transaction, Collection<Anchor> anchors) {
        List<TimeMove> moves = new ArrayList<>();
        if (anchors.isEmpty()) {
            return Uni.createFrom().item(moves);
        }
        Tuple keys = Tuple.tuple()
                .addArrayOfString(anchors.stream().map(Anchor::stripeAccount).toArray(String[]::new))
                .addArrayOfString(anchors.stream().map(Anchor::id).toArray(String[]::new));
        return transaction
                .preparedQuery(FIND_MOVES)
                .execute(keys)
                .invoke(rows -> rows.forEach(row -> moves.add(move(row))))
                .replaceWith(moves);
    }

    private static TimeMove move(Row row) {
        return TimeMove.reversed(
                TimeMove.Kind.of(row.getString("kind")),
                row.getString("account_number"),
                new TimeMove.Invoice(
                        row.getString("stripe_account"), row.getString("subscription_id"), row.getString("invoice_id")),
                row.getString("business_key"),
                row.getLong("revision"),
                row.getOffsetDateTime("happened_at").toInstant());
    }
}
