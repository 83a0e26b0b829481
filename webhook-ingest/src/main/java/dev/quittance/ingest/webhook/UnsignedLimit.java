package dev.quittance.ingest.webhook;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** How often an address may come without a valid signature. Who has one is never counted. */
public interface UnsignedLimit {
    /** Counts one; how long the address is to stay away, zero when it may go on. Never fails. */
    Uni<Duration> count(String address);
}
