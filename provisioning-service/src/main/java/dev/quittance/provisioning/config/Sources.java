package dev.quittance.provisioning.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Time and chance, so that tests can bring their own. */
final class Sources {
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    /** Cryptographically strong: account numbers must not be guessed from each other. */
    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }
}
