package dev.quittance.billing.clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Time, so that tests can bring their own. */
final class Sources {
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }
}
