package dev.quittance.ingest.eventlog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the log keeps what, and how patient it is. */
@ConfigMapping(prefix = "quittance.event-log")
public interface EventLogConfig {
    /** After this a body goes, and what is personal with it; longer than Stripe redelivers (30 days). */
    @WithDefault("90d")
    Duration retention();

    /** How often is looked for bodies whose time is over; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("1h")
    String purgeEvery();

    /** Bodies that one statement takes away. */
    @WithDefault("500")
    int purgeChunk();

    /** The longest pause between two tries to write while the database is down. */
    @WithDefault("5s")
    Duration retryBackoffMax();

    /** How long an operator's request waits for the database. */
    @WithDefault("10s")
    Duration requestTimeout();
}
