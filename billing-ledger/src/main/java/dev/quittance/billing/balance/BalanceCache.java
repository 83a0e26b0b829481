package dev.quittance.billing.balance;

import dev.quittance.billing.posting.BalanceMoved;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Balances in Redis, which may lose any of them at any time. A user is one hash: each unit's amount and its version, written
 * by compare-and-set, so that an older one never replaces a newer one. It is answered from only once a reader has written all
 * units; what an event says of one unit is kept until then, and keeps that reader from writing an older one.
 */
@ApplicationScoped
public class BalanceCache {
    private static final Logger LOG = Logger.getLogger(BalanceCache.class);
    private static final String WRITE = """
            local written = 0
            for i = 3, #ARGV, 3 do
              local seq = redis.call('HGET', KEYS[1], ARGV[i] .. ':seq')
              if not seq or tonumber(ARGV[i + 1]) >= tonumber(seq) then
                redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2], ARGV[i] .. ':seq', ARGV[i + 1])
                written = written + 1
              end
            end
            if ARGV[2] == '1' then redis.call('HSET', KEYS[1], 'complete', '1') end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return written
            """;

    private static final String COMPLETE = "complete";
    private static final String SEQ = ":seq";

    private final ReactiveRedisDataSource redis;
    private final BalanceConfig config;
    private final AtomicLong restUntilNanos = new AtomicLong(System.nanoTime());

    BalanceCache(ReactiveRedisDataSource redis, BalanceConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /** All balances of a user, or nothing where they are not known; never fails. */
    Uni<Optional<List<UnitBalance>>> read(UUID user) {
        return tolerant(
                Uni.createFrom()
                        .deferred(() -> redis.execute("HGETALL", key(user)))
                        .map(BalanceCache::whole),
                Optional.empty());
    }

    /** Keeps what is given and not older than what is kept; fails when Redis does not answer. */
    Uni<Void> write(UUID user, List<UnitBalance> balances, boolean isComplete) {
        List<String> arguments = new ArrayList<>(
                List.of(WRITE, "1", key(user), String.valueOf(config.cacheTtl().toMillis()), isComplete ? "1" : "0"));
        for (UnitBalance balance : balances) {
            arguments.add(balance.unit());
            arguments.add(String.valueOf(balance.seq()));
            arguments.add(String.valueOf(balance.amount()));
        }
        return redis.execute("EVAL", arguments.toArray(String[]::new))
                .ifNoItem()
                .after(config.cacheTimeout())
                .fail()
                .replaceWithVoid();
    }

    /** What is kept of one unit, answered from or not; fails when Redis does not answer. */
    Uni<Optional<UnitBalance>> peek(UUID user, String unit) {
        return redis.execute("HMGET", key(user), unit, unit + SEQ)
                .ifNoItem()
                .after(config.cacheTimeout())
                .fail()
                .map(values -> values.get(0) == null || values.get(1) == null
                        ? Optional.empty()
                        : Optional.of(new UnitBalance(
                                unit, values.get(0).toLong(), values.get(1).toLong())));
    }

    /** Forgets a user's balances; fails when Redis does not answer. */
    Uni<Void> forget(UUID user) {
        return redis.execute("DEL", key(user))
                .ifNoItem()
                .after(config.cacheTimeout())
                .fail()
                .replaceWithVoid();
    }

    /** What a reader found in Postgres; never fails. */
    Uni<Void> fill(UUID user, List<UnitBalance> balances) {
        return offer(user, balances, true);
    }

    /**
     * What was just committed, so that its own user reads it next; never fails. The outbox brings it once more, for when this
     * process does not come to it.
     */
    public Uni<Void> offer(List<BalanceMoved> moved) {
        Map<UUID, List<UnitBalance>> byUser = moved.stream()
                .collect(Collectors.groupingBy(
                        BalanceMoved::userId,
                        Collectors.mapping(
                                balance -> new UnitBalance(balance.unit(), balance.balance(), balance.seq()),
                                Collectors.toList())));
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Map.Entry<UUID, List<UnitBalance>> user : byUser.entrySet()) {
            all = all.chain(() -> offer(user.getKey(), user.getValue(), false));
        }
        return all;
    }

    private Uni<Void> offer(UUID user, List<UnitBalance> balances, boolean isComplete) {
        return tolerant(
                        Uni.createFrom()
                                .deferred(
                                        () -> write(user, balances, isComplete).replaceWith(Boolean.TRUE)),
                        Boolean.FALSE)
                .replaceWithVoid();
    }

    /** Redis may be away: then nobody waits for it more than once in a while. */
    private <T> Uni<T> tolerant(Uni<T> asked, T otherwise) {
        if (System.nanoTime() - restUntilNanos.get() < 0) {
            return Uni.createFrom().item(otherwise);
        }
        return asked.ifNoItem()
                .after(config.cacheTimeout())
                .fail()
                .onFailure()
                .invoke(failure -> {
                    restUntilNanos.set(System.nanoTime() + config.cachePause().toNanos());
                    LOG.warnf(
                            "outcome=without-redis errorCode=%s",
                            failure.getClass().getSimpleName());
                })
                .onFailure()
                .recoverWithItem(otherwise);
    }

    private static Optional<List<UnitBalance>> whole(Response response) {
        Map<String, String> fields = new HashMap<>();
        for (String field : response.getKeys()) {
            fields.put(field, response.get(field).toString());
        }
        if (fields.remove(COMPLETE) == null) {
            return Optional.empty();
        }
        List<UnitBalance> balances = new ArrayList<>();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            String seq = fields.get(field.getKey() + SEQ);
            if (seq != null) {
                balances.add(new UnitBalance(field.getKey(), Long.parseLong(field.getValue()), Long.parseLong(seq)));
            }
        }
        return Optional.of(balances);
    }

    private static String key(UUID user) {
        return "quittance:balances:" + user;
    }
}
