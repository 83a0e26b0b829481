package dev.quittance.provisioning.inbox;

import dev.quittance.provisioning.account.AccountNumber;
import dev.quittance.provisioning.identity.Minting;
import java.security.SecureRandom;
import java.util.UUID;

/** New names, as the service makes them. */
final class ProbeMinting implements Minting {
    private final SecureRandom random = new SecureRandom();

    @Override
    public UUID userId() {
        return UUID.randomUUID();
    }

    @Override
    public AccountNumber accountNumber() {
        return AccountNumber.draw(random);
    }
}
