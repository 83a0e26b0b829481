package dev.quittance.billing.reconciliation;

import java.util.Objects;

/**
 * What an entry did to a clearing account.
 *
 * @param minor debits less credits
 */
record Booked(String businessKey, String currency, long minor) {
    Booked {
        Objects.requireNonNull(businessKey, "businessKey is null");
        Objects.requireNonNull(currency, "currency is null");
    }
}
