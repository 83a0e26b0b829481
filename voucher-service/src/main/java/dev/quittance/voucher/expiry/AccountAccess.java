package dev.quittance.voucher.expiry;

import dev.quittance.contracts.provisioning.AccessChanged;
import java.util.Collections;
import java.util.Set;

/** Whether an account takes vouchers at all; of several words, the one with the greatest revision counts. */
public record AccountAccess(String accountNumber, boolean isClosed, long revision) {
    private static final Set<String> CLOSED = Set.of("closed", "suspended", "retired");

    public static AccountAccess of(AccessChanged event) {
        return new AccountAccess(
                event.accountNumber(),
                !event.granted() && !Collections.disjoint(event.reasons(), CLOSED),
                event.revision());
    }
}
