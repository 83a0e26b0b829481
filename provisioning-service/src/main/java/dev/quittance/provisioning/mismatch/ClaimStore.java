package dev.quittance.provisioning.mismatch;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Claims on their way: to be mailed, and to be used once. */
@ApplicationScoped
public class ClaimStore {
    // Only while the mismatch stands: what was decided meanwhile needs no mail.
    private static final String LEASE = """
            update provisioning.identity_claims c
            set token_hash = $1, attempts = attempts + 1, next_attempt_at = $2, expires_at = $3
            where c.id = (
              select q.id from provisioning.identity_claims q
              join provisioning.identity_mismatches m using (stripe_account, subject, reason)
              where q.sent_at is null and q.email is not null and q.next_attempt_at <= $4 and q.attempts < $5
              order by q.next_attempt_at limit 1 for update of q skip locked)
            returning c.id, c.email
            """;

    private static final String MARK_SENT =
            "update provisioning.identity_claims set sent_at = $2, email = null where id = $1 and sent_at is null";

    private static final String FIND = """
            select c.id, c.expires_at, c.used_at, m.id as mismatch_id from provisioning.identity_claims c
            left join provisioning.identity_mismatches m using (stripe_account, subject, reason)
            where c.token_hash = $1
            """;

    private static final String USE =
            "update provisioning.identity_claims set used_at = $2, used_by = $3 where id = $1 and used_at is null";

    private final Pool pool;

    ClaimStore(Pool pool) {
        this.pool = pool;
    }

    /** A claim to be mailed. */
    record Leased(long id, String email) {}

    /**
     * A claim whose token came back.
     *
     * @param mismatchId null when it is decided already
     */
    record Found(
            long id,
            Instant expiresAt,
            boolean isUsed,
            @Nullable Long mismatchId) {}

    /** Takes one claim to be mailed with this token; a token that was drawn for it before is worth nothing then. */
    Uni<Optional<Leased>> lease(ClaimToken token, Instant now, ClaimConfig config) {
        Tuple values = Tuple.tuple()
                .addValue(Buffer.buffer(token.digest()))
                .addOffsetDateTime(now.plus(config.retryAfter()).atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(now.plus(config.lifetime()).atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                .addInteger(config.attemptsMax());
        return pool.preparedQuery(LEASE).execute(values).map(rows -> {
            if (!rows.iterator().hasNext()) {
                return Optional.empty();
            }
            Row row = rows.iterator().next();
            return Optional.of(new Leased(row.getLong("id"), row.getString("email")));
        });
    }

    Uni<Void> markSent(long id, Instant now) {
        return pool.preparedQuery(MARK_SENT)
                .execute(Tuple.of(id, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Optional<Found>> find(ClaimToken token) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.tuple().addValue(Buffer.buffer(token.digest())))
                .map(rows -> {
                    if (!rows.iterator().hasNext()) {
                        return Optional.empty();
                    }
                    Row row = rows.iterator().next();
                    return Optional.of(new Found(
                            row.getLong("id"),
                            row.getOffsetDateTime("expires_at").toInstant(),
                            row.getOffsetDateTime("used_at") != null,
                            row.getLong("mismatch_id")));
                });
    }

    /** Uses the claim up; false when somebody else did. */
    Uni<Boolean> use(long id, UUID userId, Instant now) {
        return pool.preparedQuery(USE)
                .execute(Tuple.of(id, now.atOffset(ZoneOffset.UTC), userId))
                .map(rows -> rows.rowCount() == 1);
    }
}
