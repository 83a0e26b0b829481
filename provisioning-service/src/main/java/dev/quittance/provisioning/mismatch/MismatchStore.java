package dev.quittance.provisioning.mismatch;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The queue of mismatches, and what was decided of them. */
@ApplicationScoped
public class MismatchStore {
    private static final String PAGE = """
            select m.id, m.stripe_account, m.subject, m.reason, m.user_id, u.email as user_email, m.other_user_id,
                   o.email as other_user_email, m.recorded_at,
                   (select count(*) from provisioning.parked p
                    where p.waits_for in ('customer:' || m.stripe_account || '/' || m.subject,
                                          'operator:' || m.stripe_account || '/' || m.subject)) as waiting
            from provisioning.identity_mismatches m
            left join provisioning.users u on u.id = m.user_id
            left join provisioning.users o on o.id = m.other_user_id
            where m.id > $1 order by m.id limit $2
            """;

    private static final String FIND =
            "select stripe_account, subject, reason from provisioning.identity_mismatches where id = $1";

    private static final String TAKE = """
            delete from provisioning.identity_mismatches where id = $1 returning stripe_account, subject, reason
            """;

    private static final String USER_EXISTS =
            "select exists (select from auth.users where id = $1 and deleted_at is null) as is_there";

    private static final String APPEND_DECISION = """
            insert into provisioning.identity_decisions (stripe_account, subject, reason, decision, user_id, decided_by)
            values ($1, $2, $3, $4, $5, $6) on conflict (stripe_account, subject, reason) do nothing
            """;

    private static final String APPEND_AUDIT = """
            insert into provisioning.customer_audit (event_id, stripe_account, subject, action, user_id)
            values ($1, $2, $3, $4, $5)
            """;

    private static final String NAME_ACTOR = "select set_config('quittance.actor', $1, true)";

    private static final String MEND_PROFILES = "select provisioning.mend_profiles($1) as id";

    private final Pool pool;

    MismatchStore(Pool pool) {
        this.pool = pool;
    }

    Uni<List<MismatchView>> page(long after, int limit) {
        return pool.preparedQuery(PAGE).execute(Tuple.of(after, limit)).map(rows -> {
            List<MismatchView> page = new ArrayList<>();
            rows.forEach(row -> page.add(view(row)));
            return page;
        });
    }

    Uni<Optional<QueuedMismatch>> find(long id) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id)).map(MismatchStore::first);
    }

    /** Takes it out of the queue; whoever comes second finds nothing. */
    Uni<Optional<QueuedMismatch>> take(SqlConnection transaction, long id) {
        return transaction.preparedQuery(TAKE).execute(Tuple.of(id)).map(MismatchStore::first);
    }

    Uni<Boolean> userExists(SqlConnection transaction, UUID userId) {
        return transaction
                .preparedQuery(USER_EXISTS)
                .execute(Tuple.of(userId))
                .map(rows -> rows.iterator().next().getBoolean("is_there"));
    }

    Uni<Void> append(SqlConnection transaction, QueuedMismatch mismatch, Decision decision) {
        boolean isAssigned = decision.assignTo() != null;
        return transaction
                .preparedQuery(NAME_ACTOR)
                .execute(Tuple.of(decision.decidedBy()))
                .chain(() -> transaction
                        .preparedQuery(APPEND_DECISION)
                        .execute(Tuple.tuple()
                                .addString(mismatch.stripeAccount())
                                .addString(mismatch.subject())
                                .addString(mismatch.reason())
                                .addString(isAssigned ? "assign" : "keep")
                                .addUUID(decision.assignTo())
                                .addString(decision.decidedBy())))
                .chain(() -> transaction
                        .preparedQuery(APPEND_AUDIT)
                        .execute(Tuple.tuple()
                                .addString(decision.decidedBy())
                                .addString(mismatch.stripeAccount())
                                .addString(mismatch.subject())
                                .addString((isAssigned ? "assigned:" : "kept:") + mismatch.reason())
                                .addUUID(decision.assignTo())))
                .replaceWithVoid();
    }

    /** Makes the profiles that are missing, at most so many; whose they are. */
    Uni<List<UUID>> mendProfiles(int limit) {
        return pool.preparedQuery(MEND_PROFILES).execute(Tuple.of(limit)).map(rows -> {
            List<UUID> mended = new ArrayList<>();
            rows.forEach(row -> mended.add(row.getUUID("id")));
            return mended;
        });
    }

    private static Optional<QueuedMismatch> first(RowSet<Row> rows) {
        if (!rows.iterator().hasNext()) {
            return Optional.empty();
        }
        Row row = rows.iterator().next();
        return Optional.of(
                new QueuedMismatch(row.getString("stripe_account"), row.getString("subject"), row.getString("reason")));
    }

    private static MismatchView view(Row row) {
        return new MismatchView(
                row.getLong("id"),
                row.getString("stripe_account"),
                row.getString("subject"),
                row.getString("reason"),
                row.getUUID("user_id"),
                row.getString("user_email"),
                row.getUUID("other_user_id"),
                row.getString("other_user_email"),
                row.getLong("waiting"),
                row.getOffsetDateTime("recorded_at").toInstant());
    }
}
