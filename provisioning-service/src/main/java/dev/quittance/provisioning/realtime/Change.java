package dev.quittance.provisioning.realtime;

import dev.quittance.contracts.billing.BalanceChanged;
import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.provisioning.AccessChanged;
import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.provisioning.AccountShortened;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.provisioning.SubscriptionChanged;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherRestored;
import dev.quittance.contracts.voucher.VoucherRevoked;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Something that a user may see happen.
 *
 * @param users whose it is
 * @param accounts whose it is, by account number
 * @param name what it is about
 * @param json the event as the services tell it to each other; it never holds a voucher's code
 */
record Change(Set<UUID> users, Set<String> accounts, String name, String json) {
    Change {
        users = Set.copyOf(users);
        accounts = Set.copyOf(accounts);
    }

    /** Empty for what is no user's business. */
    static Optional<Change> of(DomainEvent event) {
        return switch (event) {
            case AccountExtended told -> of(told.userId(), told.accountNumber(), "account", event);
            case AccountShortened told -> of(told.userId(), told.accountNumber(), "account", event);
            case AccessChanged told -> of(told.userId(), told.accountNumber(), "access", event);
            case CustomerProvisioned told -> of(told.userId(), told.accountNumber(), "customer", event);
            case SubscriptionChanged told -> of(told.userId(), told.accountNumber(), "subscription", event);
            case BalanceChanged told -> of(Set.of(told.userId()), Set.of(), "balance", event);
            case OrderStatusChanged told -> of(Set.of(told.userId()), Set.of(), "order", event);
            case VoucherIssued told -> of(told.userId(), told.accountNumber(), "voucher", event);
            case VoucherRedeemed told -> of(told.redeemedBy(), told.accountNumber(), "voucher", event);
            case VoucherRevoked told -> of(Set.of(), Set.of(told.accountNumber()), "voucher", event);
            case VoucherRestored told -> of(Set.of(), Set.of(told.accountNumber()), "voucher", event);
            default -> Optional.empty();
        };
    }

    private static Optional<Change> of(UUID user, String account, String name, DomainEvent event) {
        return of(Set.of(user), Set.of(account), name, event);
    }

    private static Optional<Change> of(Set<UUID> users, Set<String> accounts, String name, DomainEvent event) {
        return Optional.of(
                new Change(users, accounts, name, new String(EventCodec.write(event), StandardCharsets.UTF_8)));
    }
}
