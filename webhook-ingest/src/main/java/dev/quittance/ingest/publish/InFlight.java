package dev.quittance.ingest.publish;

import dev.quittance.ingest.config.IngestConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * Bounds what is under way to the broker, in records and in bytes. A place is given back when the record's fate is known, not when
 * its sender was answered: a broker that hangs must not let the queue grow.
 */
@Singleton
final class InFlight {
    private final Semaphore records;
    private final Semaphore bytes;

    InFlight(IngestConfig config, MeterRegistry registry) {
        this.records = new Semaphore(config.inFlightRecordsMax());
        this.bytes = new Semaphore(config.inFlightBytesMax());
        registry.gauge(
                "webhook.in.flight", this, self -> config.inFlightRecordsMax() - self.records.availablePermits());
    }

    boolean tryEnter(int recordBytes) {
        if (!records.tryAcquire()) {
            return false;
        }
        if (!bytes.tryAcquire(recordBytes)) {
            records.release();
            return false;
        }
        return true;
    }

    void leave(int recordBytes) {
        bytes.release(recordBytes);
        records.release();
    }
}
