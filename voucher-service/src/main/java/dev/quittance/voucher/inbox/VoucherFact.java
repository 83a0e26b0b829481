package dev.quittance.voucher.inbox;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.provisioning.CustomerProvisioned;

/** What this service acts on. */
sealed interface VoucherFact {
    /** A purchase is paid for; it may have bought vouchers. */
    record PurchaseSettled(PaymentSettled purchase) implements VoucherFact {}

    /** It is known which account is a user's. */
    record HolderKnown(CustomerProvisioned customer) implements VoucherFact {}
}
