package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.account.AccountNumber;
import java.util.UUID;

/** Where new names come from, so that the rules stay pure. */
public interface Minting {
    UUID userId();

    AccountNumber accountNumber();

    /** Whether a user who is nobody yet is made in the transaction, and not asked for from an identity backend elsewhere. */
    default boolean createsUsers() {
        return true;
    }
}
