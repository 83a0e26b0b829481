package dev.quittance.provisioning.config;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.account.AccountNumber;
import dev.quittance.provisioning.identity.Minting;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** New names that nobody can guess. */
@Singleton
final class RandomMinting implements Minting {
    private final RandomGenerator random;
    private final boolean createsUsers;

    RandomMinting(RandomGenerator random, IdentityConfig identity) {
        this.random = requireNonNull(random, "random is null");
        this.createsUsers = identity.backend() == IdentityConfig.Backend.POSTGRES;
    }

    @Override
    public boolean createsUsers() {
        return createsUsers;
    }

    @Override
    public UUID userId() {
        return UUID.randomUUID();
    }

    @Override
    public AccountNumber accountNumber() {
        return AccountNumber.draw(random);
    }
}
