package dev.quittance.voucher.inbox;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.provisioning.SubscriptionChanged;
import dev.quittance.voucher.expiry.AccountAccess;
import dev.quittance.voucher.expiry.AccountMove;
import dev.quittance.voucher.revocation.Hold;
import dev.quittance.voucher.revocation.MoneyState;

/** What this service acts on. */
sealed interface VoucherFact {
    /** A purchase is paid for; it may have bought vouchers. */
    record PurchaseSettled(PaymentSettled purchase) implements VoucherFact {}

    /** Money of a purchase went back, or came again. */
    record MoneyMoved(MoneyState state) implements VoucherFact {}

    /** A purchase is in doubt, or not any more. */
    record HoldTold(Hold hold) implements VoucherFact {}

    /** A subscription is in another state, or in a new period. */
    record SubscriptionMoved(SubscriptionChanged subscription) implements VoucherFact {}

    /** An account's expiry moved. */
    record ExpiryMoved(AccountMove move) implements VoucherFact {}

    /** An account may be used, or not. */
    record AccessTold(AccountAccess access) implements VoucherFact {}

    /** It is known which account is a user's. */
    record HolderKnown(CustomerProvisioned customer) implements VoucherFact {}
}
