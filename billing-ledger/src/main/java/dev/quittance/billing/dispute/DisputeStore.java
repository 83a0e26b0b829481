package dev.quittance.billing.dispute;

import static dev.quittance.billing.mirror.Column.greatest;
import static dev.quittance.billing.mirror.Column.latest;

import dev.quittance.billing.fact.DisputeSeen;
import dev.quittance.billing.fact.Movement;
import dev.quittance.billing.fact.ReviewSeen;
import dev.quittance.billing.fact.WarningSeen;
import dev.quittance.billing.mirror.MirrorStore;
import dev.quittance.billing.mirror.SqlType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The mirrors of disputes with their movements, of early fraud warnings and of reviews. */
@ApplicationScoped
public class DisputeStore {
    private static final MirrorStore<DisputeSeen> DISPUTES = new MirrorStore<>(
            "billing.disputes",
            "dispute_id",
            List.of(
                    greatest("charge_id", SqlType.TEXT, DisputeSeen::chargeId),
                    greatest("payment_intent_id", SqlType.TEXT, DisputeSeen::paymentIntentId),
                    latest("status", SqlType.TEXT, DisputeSeen::status),
                    latest("reason", SqlType.TEXT, DisputeSeen::reason),
                    latest("amount_minor", SqlType.BIGINT, DisputeSeen::amountMinor),
                    latest("currency", SqlType.TEXT, DisputeSeen::currency),
                    latest("charge_refundable", SqlType.BOOLEAN, DisputeSeen::chargeRefundable),
                    greatest("withdrawn", SqlType.BOOLEAN, DisputeSeen::withdrawn),
                    greatest("reinstated", SqlType.BOOLEAN, DisputeSeen::reinstated),
                    latest("evidence_due_at", SqlType.TIMESTAMPTZ, DisputeSeen::evidenceDueAt),
                    latest("created_at", SqlType.TIMESTAMPTZ, DisputeSeen::createdAt)));

    private static final MirrorStore<WarningSeen> WARNINGS = new MirrorStore<>(
            "billing.fraud_warnings",
            "warning_id",
            List.of(
                    greatest("charge_id", SqlType.TEXT, WarningSeen::chargeId),
                    greatest("payment_intent_id", SqlType.TEXT, WarningSeen::paymentIntentId),
                    latest("fraud_type", SqlType.TEXT, WarningSeen::fraudType),
                    latest("actionable", SqlType.BOOLEAN, WarningSeen::actionable),
                    latest("created_at", SqlType.TIMESTAMPTZ, WarningSeen::createdAt)));

    private static final MirrorStore<ReviewSeen> REVIEWS = new MirrorStore<>(
            "billing.reviews",
            "review_id",
            List.of(
                    greatest("charge_id", SqlType.TEXT, ReviewSeen::chargeId),
                    greatest("payment_intent_id", SqlType.TEXT, ReviewSeen::paymentIntentId),
                    latest("open", SqlType.BOOLEAN, ReviewSeen::open),
                    latest("reason", SqlType.TEXT, ReviewSeen::reason),
                    latest("created_at", SqlType.TIMESTAMPTZ, ReviewSeen::createdAt)));

    private static final String INSERT_MOVEMENTS = """
            insert into billing.balance_transactions (stripe_account, balance_transaction_id, kind, source_id, amount_minor,
                fee_minor, currency, created_at)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[],
                                 $8::timestamptz[]) as s(account, id, kind, source, amount, fee, currency, at)
            order by account, id
            on conflict do nothing
            """;

    private static final String LOAD = """
            select d.stripe_account, d.dispute_id, d.status,
                   (select coalesce(jsonb_agg(jsonb_build_object(
                               'id', b.balance_transaction_id, 'amount', b.amount_minor, 'fee', b.fee_minor,
                               'currency', b.currency, 'at', extract(epoch from b.created_at)::bigint)
                               order by b.balance_transaction_id), '[]')
                    from billing.balance_transactions b
                    where b.stripe_account = d.stripe_account and b.source_id = d.dispute_id and b.kind = 'dispute') as movements
            from (select distinct * from unnest($1::text[], $2::text[]) as k(stripe_account, dispute_id)) k
            join billing.disputes d using (stripe_account, dispute_id)
            order by d.stripe_account, d.dispute_id
            """;

    DisputeStore() {}

    /** Merges disputes and keeps their movements; how they stand then. */
    public Uni<List<DisputeState>> upsert(SqlConnection transaction, List<DisputeSeen> disputes) {
        if (disputes.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Movement> movements = disputes.stream()
                .flatMap(dispute -> dispute.movements().stream())
                .toList();
        // The rows' locks keep two sights of one dispute apart until the loading.
        return DISPUTES.upsert(transaction, disputes)
                .chain(() -> insert(transaction, movements))
                .chain(() -> load(transaction, disputes));
    }

    public Uni<Void> upsertWarnings(SqlConnection transaction, List<WarningSeen> warnings) {
        return WARNINGS.upsert(transaction, warnings);
    }

    public Uni<Void> upsertReviews(SqlConnection transaction, List<ReviewSeen> reviews) {
        return REVIEWS.upsert(transaction, reviews);
    }

    private static Uni<Void> insert(SqlConnection transaction, List<Movement> movements) {
        if (movements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(texts(movements, Movement::account))
                .addArrayOfString(texts(movements, Movement::id))
                .addArrayOfString(texts(movements, Movement::kind))
                .addArrayOfString(texts(movements, Movement::sourceId))
                .addArrayOfLong(movements.stream().map(Movement::amountMinor).toArray(Long[]::new))
                .addArrayOfLong(movements.stream().map(Movement::feeMinor).toArray(Long[]::new))
                .addArrayOfString(texts(movements, Movement::currency))
                .addArrayOfOffsetDateTime(movements.stream()
                        .map(movement -> movement.createdAt().atOffset(ZoneOffset.UTC))
                        .toArray(java.time.OffsetDateTime[]::new));
        return transaction.preparedQuery(INSERT_MOVEMENTS).execute(columns).replaceWithVoid();
    }

    private static Uni<List<DisputeState>> load(SqlConnection transaction, List<DisputeSeen> disputes) {
        Tuple keys = Tuple.tuple()
                .addArrayOfString(texts(disputes, DisputeSeen::account))
                .addArrayOfString(texts(disputes, DisputeSeen::id));
        return transaction.preparedQuery(LOAD).execute(keys).map(rows -> {
            List<DisputeState> states = new ArrayList<>();
            rows.forEach(row -> {
                String account = row.getString("stripe_account");
                String id = row.getString("dispute_id");
                states.add(new DisputeState(
                        account, id, row.getString("status"), movements(account, id, row.getJsonArray("movements"))));
            });
            return states;
        });
    }

    private static List<Movement> movements(String account, String id, JsonArray array) {
        List<Movement> movements = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonObject movement = array.getJsonObject(i);
            movements.add(new Movement(
                    account,
                    movement.getString("id"),
                    "dispute",
                    id,
                    movement.getLong("amount"),
                    movement.getLong("fee"),
                    movement.getString("currency"),
                    Instant.ofEpochSecond(movement.getLong("at"))));
        }
        return movements;
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
