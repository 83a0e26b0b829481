package dev.quittance.voucher.config;

import dev.quittance.voucher.code.CodeDigests;
import dev.quittance.voucher.code.CodeSeal;
import dev.quittance.voucher.code.Peppers;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Time, chance and secrets, made in one place so that everything else is given them. */
final class Sources {
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    /** At startup, so that a service without a usable pepper never takes an event. */
    @Startup
    @Produces
    @Singleton
    Peppers peppers(VoucherConfig config) {
        return Peppers.parse(config.pepper().orElse(""));
    }

    @Produces
    @Singleton
    CodeDigests digests(Peppers peppers) {
        return new CodeDigests(peppers);
    }

    @Produces
    @Singleton
    CodeSeal seal(Peppers peppers, SecureRandom random) {
        return new CodeSeal(peppers, random);
    }
}
