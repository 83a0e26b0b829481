package dev.quittance.billing.lookup;

import dev.quittance.telemetry.trace.TraceParent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The work queue of questions to Stripe. */
@ApplicationScoped
public class LookupStore {
    // A fee that is booked already is not asked for, nor are refunds that are all here.
    private static final String ASK = """
            insert into billing.stripe_lookups (stripe_account, kind, object_id, event_id, traceparent)
            select distinct on (account, kind, object) account, kind, object, event, nullif(trace, '')
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as s(account, kind, object, event, trace)
            where case kind
                    when 'balance_transaction' then
                      not exists (select from billing.journal_entries e where e.business_key = 'fee:' || object)
                    when 'charge_refunds' then
                      split_part(object, '@', 2)::bigint > (
                        select coalesce(sum(r.amount_minor), 0) from billing.refunds r
                        where r.stripe_account = account and r.charge_id = split_part(object, '@', 1)
                          and r.status not in ('failed', 'canceled'))
                    else true end
            order by account, kind, object, event
            on conflict do nothing
            """;

    private static final String LEASE = """
            update billing.stripe_lookups l
            set attempts = attempts + 1, next_attempt_at = now() + $2 * interval '1 millisecond'
            from (select stripe_account, kind, object_id from billing.stripe_lookups
                  where outcome is null and next_attempt_at <= now()
                  order by next_attempt_at limit $1 for update skip locked) due
            where l.stripe_account = due.stripe_account and l.kind = due.kind and l.object_id = due.object_id
            returning l.stripe_account, l.kind, l.object_id, l.event_id, l.attempts, l.traceparent
            """;

    private static final String FINISH = """
            update billing.stripe_lookups l set outcome = s.outcome, done_at = now()
            from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as s(account, kind, object, outcome)
            where l.stripe_account = s.account and l.kind = s.kind and l.object_id = s.object and l.outcome is null
            """;

    private static final String POSTPONE = """
            update billing.stripe_lookups set next_attempt_at = now() + $4 * interval '1 millisecond'
            where stripe_account = $1 and kind = $2 and object_id = $3 and outcome is null
            """;

    private static final String COUNT_OPEN =
            "select count(*) as open from (select from billing.stripe_lookups where outcome is null limit 10000) first";

    private final Pool pool;

    LookupStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Something to ask.
     *
     * @param eventId the event that made us ask, which causes what comes of it
     */
    public record Question(String account, String kind, String objectId, String eventId) {
        public static Question balanceTransaction(String account, String id, String eventId) {
            return new Question(account, LookupKind.BALANCE_TRANSACTION.token(), id, eventId);
        }

        public static Question sessionLines(String account, String sessionId, String eventId) {
            return new Question(account, LookupKind.SESSION_LINES.token(), sessionId, eventId);
        }

        public static Question invoiceLines(String account, String invoiceId, String eventId) {
            return new Question(account, LookupKind.INVOICE_LINES.token(), invoiceId, eventId);
        }

        /** Asked again when more was refunded. */
        public static Question chargeRefunds(String account, String chargeId, long refunded, String eventId) {
            return new Question(account, LookupKind.CHARGE_REFUNDS.token(), chargeId + "@" + refunded, eventId);
        }

        /** Asked again when something else happened to it. */
        public static Question dispute(String account, String disputeId, String eventType, String eventId) {
            return new Question(account, LookupKind.DISPUTE.token(), disputeId + "@" + eventType, eventId);
        }

        /** Whether a payment with a warning is small enough to be given back, and if so that. */
        public static Question warningRefund(String account, String warningId, String chargeId, String eventId) {
            return new Question(account, LookupKind.WARNING_REFUND.token(), warningId + "@" + chargeId, eventId);
        }

        /** Whether a session or an invoice made the payment. */
        public static Question intentOwner(String account, String intentId, String eventId) {
            return new Question(account, LookupKind.INTENT_OWNER.token(), intentId, eventId);
        }

        /** What makes the question another one. */
        String detail() {
            return objectId.substring(objectId.indexOf('@') + 1);
        }

        /** The object's id, without what makes the question another one. */
        String id() {
            int at = objectId.indexOf('@');
            return at < 0 ? objectId : objectId.substring(0, at);
        }
    }

    /**
     * A question that this process has taken.
     *
     * @param traceparent of the work that made us ask
     */
    record Leased(Question question, int attempts, @Nullable String traceparent) {
        LookupKind kind() {
            return LookupKind.of(question.kind());
        }
    }

    /** How a question ended: {@code done}, {@code gone} or {@code unusable}. */
    record Finished(Question question, String outcome) {}

    /** Notes questions that were never asked. */
    public Uni<Void> ask(SqlConnection transaction, Collection<Question> all) {
        return ask(transaction, all, Map.of());
    }

    /** @param traces by the id of the event that made us ask */
    public Uni<Void> ask(SqlConnection transaction, Collection<Question> all, Map<String, String> traces) {
        List<Question> questions = List.copyOf(new LinkedHashSet<>(all));
        if (questions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = keys(questions)
                .addArrayOfString(questions.stream().map(Question::eventId).toArray(String[]::new))
                .addArrayOfString(questions.stream()
                        .map(question -> TraceParent.read(traces.get(question.eventId()))
                                .map(TraceParent::value)
                                .orElse(""))
                        .toArray(String[]::new));
        return transaction.preparedQuery(ASK).execute(columns).replaceWithVoid();
    }

    Uni<List<Leased>> lease(int limit, Duration lease) {
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(LEASE)
                .execute(Tuple.of(limit, (double) lease.toMillis()))
                .map(rows -> {
                    List<Leased> leased = new ArrayList<>();
                    rows.forEach(row -> leased.add(new Leased(
                            new Question(
                                    row.getString("stripe_account"),
                                    row.getString("kind"),
                                    row.getString("object_id"),
                                    row.getString("event_id")),
                            row.getInteger("attempts"),
                            row.getString("traceparent"))));
                    return leased;
                }));
    }

    Uni<Void> finish(SqlConnection transaction, List<Finished> finished) {
        if (finished.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = keys(finished.stream().map(Finished::question).toList())
                .addArrayOfString(finished.stream().map(Finished::outcome).toArray(String[]::new));
        return transaction.preparedQuery(FINISH).execute(columns).replaceWithVoid();
    }

    Uni<Void> postpone(Question question, Duration pause) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(question.account(), question.kind(), question.objectId(), (double) pause.toMillis()))
                .replaceWithVoid();
    }

    Uni<Long> countOpen() {
        return countOpen(pool);
    }

    private static Uni<Long> countOpen(SqlClient client) {
        return client.query(COUNT_OPEN)
                .execute()
                .map(rows -> rows.iterator().next().getLong("open"));
    }

    private static Tuple keys(List<Question> questions) {
        return Tuple.tuple()
                .addArrayOfString(questions.stream().map(Question::account).toArray(String[]::new))
                .addArrayOfString(questions.stream().map(Question::kind).toArray(String[]::new))
                .addArrayOfString(questions.stream().map(Question::objectId).toArray(String[]::new));
    }
}
