package dev.quittance.voucher.expiry;

import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.provisioning.AccountShortened;
import java.time.Instant;

/** Provisioning moved an account's expiry. */
public record AccountMove(String accountNumber, Instant expiry, String cause, Instant toldAt) {
    public static AccountMove of(AccountExtended event) {
        return new AccountMove(event.accountNumber(), event.expiry(), event.cause(), event.occurredAt());
    }

    public static AccountMove of(AccountShortened event) {
        return new AccountMove(event.accountNumber(), event.expiry(), event.cause(), event.occurredAt());
    }
}
