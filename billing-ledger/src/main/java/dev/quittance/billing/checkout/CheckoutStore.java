package dev.quittance.billing.checkout;

import static dev.quittance.billing.mirror.Column.greatest;
import static dev.quittance.billing.mirror.Column.latest;

import dev.quittance.billing.fact.SessionLine;
import dev.quittance.billing.fact.SessionSeen;
import dev.quittance.billing.mirror.MirrorStore;
import dev.quittance.billing.mirror.SqlType;
import dev.quittance.contracts.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The mirror of checkout sessions, and what they sold. */
@ApplicationScoped
public class CheckoutStore {
    /** Where a session's lines came from. */
    public enum LinesSource {
        EMBEDDED("embedded"),
        LOOKED_UP("looked_up"),
        GONE("gone");

        private final String token;

        LinesSource(String token) {
            this.token = token;
        }
    }

    /** The lines of one session; whole, or empty when the session is gone. */
    public record SessionLines(String account, String sessionId, LinesSource source, List<SessionLine> lines) {
        public SessionLines {
            lines = List.copyOf(lines);
        }
    }

    private record Line(SessionLines of, SessionLine line) {}

    private static final MirrorStore<SessionSeen> SESSIONS = new MirrorStore<>(
            "billing.checkout_sessions",
            "checkout_session_id",
            List.of(
                    latest("mode", SqlType.TEXT, SessionSeen::mode),
                    latest("status", SqlType.TEXT, SessionSeen::status),
                    latest("payment_status", SqlType.TEXT, SessionSeen::paymentStatus),
                    greatest("customer_id", SqlType.TEXT, SessionSeen::customerId),
                    greatest("payment_intent_id", SqlType.TEXT, SessionSeen::paymentIntentId),
                    greatest("invoice_id", SqlType.TEXT, SessionSeen::invoiceId),
                    greatest("subscription_id", SqlType.TEXT, SessionSeen::subscriptionId),
                    latest("amount_minor", SqlType.BIGINT, session -> amount(session.amount())),
                    latest("currency", SqlType.TEXT, session -> currency(session.amount())),
                    latest("subtotal_minor", SqlType.BIGINT, SessionSeen::subtotalMinor),
                    latest("metadata", SqlType.JSONB, session -> json(session.metadata())),
                    latest("created_at", SqlType.TIMESTAMPTZ, SessionSeen::createdAt)));

    // What was looked up is whole and stays; a payload's own lines may lack the products' metadata.
    private static final String MARK_LINES = """
            update billing.checkout_sessions s set lines_source = k.source
            from unnest($1::text[], $2::text[], $3::text[]) as k(stripe_account, checkout_session_id, source)
            where s.stripe_account = k.stripe_account and s.checkout_session_id = k.checkout_session_id
              and (s.lines_source = 'none' or k.source <> 'embedded') and s.lines_source <> 'looked_up'
            """;

    private static final String UPSERT_LINES = """
            insert into billing.checkout_session_lines as t (stripe_account, checkout_session_id, line_id, price_id,
                product_id, quantity, price_metadata, product_metadata)
            select distinct on (stripe_account, checkout_session_id, line_id)
                stripe_account, checkout_session_id, line_id, price_id, product_id, quantity,
                price_metadata::jsonb, product_metadata::jsonb
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[])
                as s(stripe_account, checkout_session_id, line_id, price_id, product_id, quantity,
                     price_metadata, product_metadata)
            order by stripe_account, checkout_session_id, line_id
            on conflict (stripe_account, checkout_session_id, line_id) do update set
                price_id = coalesce(t.price_id, excluded.price_id),
                product_id = coalesce(t.product_id, excluded.product_id),
                price_metadata = coalesce(t.price_metadata, excluded.price_metadata),
                product_metadata = coalesce(t.product_metadata, excluded.product_metadata)
            """;

    CheckoutStore() {}

    public Uni<Void> upsertSessions(SqlConnection transaction, List<SessionSeen> sessions) {
        List<SessionLines> embedded = sessions.stream()
                .filter(session -> !session.lines().isEmpty())
                .map(session ->
                        new SessionLines(session.account(), session.id(), LinesSource.EMBEDDED, session.lines()))
                .toList();
        return SESSIONS.upsert(transaction, sessions).chain(() -> storeLines(transaction, embedded));
    }

    /** Stores lines of sessions that are here. */
    public Uni<Void> storeLines(SqlConnection transaction, List<SessionLines> sessions) {
        if (sessions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple marks = Tuple.tuple()
                .addArrayOfString(texts(sessions, SessionLines::account))
                .addArrayOfString(texts(sessions, SessionLines::sessionId))
                .addArrayOfString(texts(sessions, lines -> lines.source().token));
        return transaction
                .preparedQuery(MARK_LINES)
                .execute(marks)
                .chain(() -> upsertLines(
                        transaction,
                        sessions.stream()
                                .flatMap(of -> of.lines().stream().map(line -> new Line(of, line)))
                                .toList()));
    }

    private static Uni<Void> upsertLines(SqlConnection transaction, List<Line> lines) {
        if (lines.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(texts(lines, line -> line.of().account()))
                .addArrayOfString(texts(lines, line -> line.of().sessionId()))
                .addArrayOfString(texts(lines, line -> line.line().id()))
                .addArrayOfString(texts(lines, line -> line.line().priceId()))
                .addArrayOfString(texts(lines, line -> line.line().productId()))
                .addArrayOfLong(
                        lines.stream().map(line -> line.line().quantity()).toArray(Long[]::new))
                .addArrayOfString(texts(lines, line -> json(line.line().priceMetadata())))
                .addArrayOfString(texts(lines, line -> json(line.line().productMetadata())));
        return transaction.preparedQuery(UPSERT_LINES).execute(columns).replaceWithVoid();
    }

    private static <T> String[] texts(List<T> rows, Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static @Nullable Long amount(@Nullable Money money) {
        return money == null ? null : Long.valueOf(money.amountMinor());
    }

    private static @Nullable String currency(@Nullable Money money) {
        return money == null ? null : money.currency();
    }

    private static @Nullable String json(@Nullable Map<String, String> metadata) {
        return metadata == null ? null : new JsonObject(Map.copyOf(metadata)).encode();
    }
}
