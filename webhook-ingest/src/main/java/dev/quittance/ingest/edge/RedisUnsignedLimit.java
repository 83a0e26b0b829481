package dev.quittance.ingest.edge;

import dev.quittance.ingest.webhook.UnsignedLimit;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Counts in Redis, for all pods together. Redis being away sends nobody away: signatures decide, and this only saves time. */
@Singleton
final class RedisUnsignedLimit implements UnsignedLimit {
    private static final String COUNT = """
            local count = redis.call('INCR', KEYS[1])
            local left = redis.call('PTTL', KEYS[1])
            if left < 0 then
              left = tonumber(ARGV[1])
              redis.call('PEXPIRE', KEYS[1], left)
            end
            return {count, left}
            """;

    private final ReactiveRedisDataSource redis;
    private final EdgeConfig config;
    private final String prefix;

    RedisUnsignedLimit(
            ReactiveRedisDataSource redis,
            EdgeConfig config,
            @ConfigProperty(name = "quittance.topic-prefix") Optional<String> prefix) {
        this.redis = redis;
        this.config = config;
        this.prefix = "quittance:" + prefix.orElse("") + "unsigned:";
    }

    @Override
    public Uni<Duration> count(String address) {
        if (config.unsignedMax() == 0) {
            return Uni.createFrom().item(Duration.ZERO);
        }
        return Uni.createFrom()
                .deferred(() -> redis.execute(
                        "EVAL",
                        COUNT,
                        "1",
                        prefix + address,
                        Long.toString(config.window().toMillis())))
                .map(this::stayAway)
                .ifNoItem()
                .after(config.redisTimeout())
                .recoverWithItem(Duration.ZERO)
                .onFailure()
                .recoverWithItem(Duration.ZERO);
    }

    private Duration stayAway(Response counted) {
        return counted.get(0).toLong() <= config.unsignedMax()
                ? Duration.ZERO
                : Duration.ofMillis(counted.get(1).toLong());
    }
}
