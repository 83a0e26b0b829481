package dev.quittance.voucher.guessing;

import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.voucher.guessing.Counts.Count;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Counts in Redis, one round trip for all buckets; their names share a hash tag, so that a cluster keeps them together. */
@Singleton
final class RedisCounters implements GuessCounters {
    private static final String COUNT = """
            local counts = {}
            for i = 1, 3 do
              local attempts = redis.call('INCR', KEYS[i])
              local left = redis.call('PTTL', KEYS[i])
              if left < 0 then
                left = tonumber(ARGV[i])
                redis.call('PEXPIRE', KEYS[i], left)
              end
              counts[i * 2 - 1] = attempts
              counts[i * 2] = left
            end
            counts[7] = tonumber(redis.call('GET', KEYS[4]) or '0')
            return counts
            """;

    private static final String FORGIVE = """
            for i = 1, #KEYS do
              if tonumber(redis.call('GET', KEYS[i]) or '0') > 0 then redis.call('DECR', KEYS[i]) end
            end
            return 0
            """;

    private static final String FAILED = """
            redis.call('INCR', KEYS[1])
            if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
            return 0
            """;

    private final ReactiveRedisDataSource redis;
    private final String prefix;
    private final GuessingConfig config;

    RedisCounters(ReactiveRedisDataSource redis, DeliveryConfig delivery, GuessingConfig config) {
        this.redis = redis;
        this.prefix = "quittance:{" + delivery.topicPrefix().orElse("") + "voucher-guesses}:";
        this.config = config;
    }

    @Override
    public Uni<Counts> count(GuessTicket ticket) {
        String window = Long.toString(config.window().toMillis());
        return within(redis.execute(
                        "EVAL",
                        COUNT,
                        "4",
                        key(ticket.account()),
                        key(ticket.address()),
                        key("all"),
                        key("failures"),
                        window,
                        window,
                        Long.toString(config.globalWindow().toMillis())))
                .map(counts -> new Counts(
                        count(counts, 0),
                        count(counts, 2),
                        count(counts, 4),
                        counts.get(6).toLong()));
    }

    @Override
    public Uni<Void> forgive(GuessTicket ticket) {
        return within(redis.execute("EVAL", FORGIVE, "2", key(ticket.account()), key(ticket.address())))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> failed() {
        return within(redis.execute(
                        "EVAL",
                        FAILED,
                        "1",
                        key("failures"),
                        Long.toString(config.globalWindow().toMillis())))
                .replaceWithVoid();
    }

    private <T> Uni<T> within(Uni<T> asked) {
        return asked.ifNoItem().after(config.redisTimeout()).fail();
    }

    private String key(String bucket) {
        return prefix + bucket;
    }

    private static Count count(Response counts, int at) {
        return new Count(
                counts.get(at).toLong(), Duration.ofMillis(counts.get(at + 1).toLong()));
    }
}
