package dev.quittance.messaging.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Who the service is and how eagerly it delivers. */
@ConfigMapping(prefix = "quittance.delivery")
public interface DeliveryConfig {
    /** The Postgres schema that holds the service's inbox, outbox and parked tables. */
    String schema();

    /** The consumer group, which is the service's name. */
    String group();

    /** Put before every topic's name, so that several systems can share one broker. */
    Optional<String> topicPrefix();

    /**
     * Events that have to do with each other are kept apart by locks; this is how many there are. Two full polls meet on 4,096 nearly
     * always, so that pods take turns. As many as 1,073,741,824 let them work side by side, and need up to 1,500 places for each
     * pod's poll in Postgres' lock table, which is max_locks_per_transaction times max_connections.
     */
    @WithDefault("4096")
    int lockBuckets();

    /** Most rows that the relay sends in one turn. */
    @WithDefault("500")
    int relayBatch();

    /** How long the relay rests when it has sent something: what is written meanwhile goes with one transaction and one request. */
    @WithDefault("10ms")
    Duration relayRest();

    /** How long the relay rests when there was nothing to send and nobody woke it. */
    @WithDefault("100ms")
    Duration relayIdle();

    /** The longest pause between two tries at something that is down. */
    @WithDefault("5s")
    Duration retryBackoffMax();
}
