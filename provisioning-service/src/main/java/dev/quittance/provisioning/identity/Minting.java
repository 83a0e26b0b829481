package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.account.AccountNumber;
import java.util.UUID;

/** Where new names come from, so that the rules stay pure. */
public interface Minting {
    UUID userId();

    AccountNumber accountNumber();
}
