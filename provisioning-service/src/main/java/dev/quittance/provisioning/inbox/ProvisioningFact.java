package dev.quittance.provisioning.inbox;

import dev.quittance.provisioning.account.VoucherTime;
import dev.quittance.provisioning.customer.CustomerDeletion;
import dev.quittance.provisioning.customer.CustomerDetail;
import dev.quittance.provisioning.customer.CustomerFact;
import dev.quittance.provisioning.customer.PaymentMethodSummary;
import dev.quittance.provisioning.identity.SessionFact;

/** Everything that happens outside and has an effect here. */
sealed interface ProvisioningFact {
    record CustomerSeen(CustomerFact customer, CustomerDetail detail) implements ProvisioningFact {}

    record CustomerGone(CustomerDeletion deletion) implements ProvisioningFact {}

    record PaymentMethodSeen(PaymentMethodSummary method) implements ProvisioningFact {}

    record SessionCompleted(SessionFact session) implements ProvisioningFact {}

    record VoucherSpent(VoucherTime time) implements ProvisioningFact {}
}
