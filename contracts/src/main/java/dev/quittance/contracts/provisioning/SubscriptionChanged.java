package dev.quittance.contracts.provisioning;

import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription is in another state, or in a new period.
 *
 * @param stripeAccount the connected account, or empty for the platform's own
 * @param previousStatus null when the subscription is new
 * @param status Stripe's word for it
 * @param periodEnd the end of what is paid for, or null when nothing is
 * @param vouchers the term of each voucher that its products give for a period, as their metadata says
 * @param revision counts the subscription's states, from 1
 */
public record SubscriptionChanged(
        UUID userId,
        String accountNumber,
        String stripeAccount,
        String subscriptionId,
        @Nullable String previousStatus,
        String status,
        @Nullable Instant periodEnd,
        List<VoucherTerm> vouchers,
        long revision,
        Instant occurredAt)
        implements ProvisioningEvent {
    public SubscriptionChanged {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(stripeAccount, "stripeAccount is null");
        Objects.requireNonNull(subscriptionId, "subscriptionId is null");
        Objects.requireNonNull(status, "status is null");
        vouchers = List.copyOf(vouchers);
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}
