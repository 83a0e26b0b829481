package dev.quittance.billing.invoice;

import java.time.Instant;
import java.util.Objects;

/**
 * An invoice as it is stored, with everything that was ever seen of it: so that what it books does not depend on the order.
 *
 * @param opened whether it was asked for before it was paid
 * @param writtenOff whether it was given up, at any time
 * @param closed whether it was paid or voided
 */
public record InvoiceState(
        String account,
        String id,
        long totalMinor,
        String currency,
        boolean opened,
        boolean writtenOff,
        boolean closed,
        Instant createdAt) {
    public InvoiceState {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(currency, "currency is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
    }
}
