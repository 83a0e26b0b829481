package dev.quittance.provisioning.inbox;

import dev.quittance.provisioning.access.HoldFact;
import dev.quittance.provisioning.access.ReversalFact;
import dev.quittance.provisioning.account.TimeMove;
import dev.quittance.provisioning.customer.CardPrint;
import dev.quittance.provisioning.customer.CustomerDeletion;
import dev.quittance.provisioning.customer.CustomerDetail;
import dev.quittance.provisioning.customer.CustomerFact;
import dev.quittance.provisioning.customer.PaymentMethodSummary;
import dev.quittance.provisioning.identity.ContactHint;
import dev.quittance.provisioning.identity.SessionFact;
import dev.quittance.provisioning.plan.PriceFact;
import dev.quittance.provisioning.plan.ProductFact;
import dev.quittance.provisioning.subscription.InvoiceFact;
import dev.quittance.provisioning.subscription.ScheduleFact;
import dev.quittance.provisioning.subscription.SubscriptionFact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that happens outside and has an effect here. */
sealed interface ProvisioningFact {
    /** The e-mails that stand beside it. */
    default List<ContactHint> hints() {
        return List.of();
    }

    record CustomerSeen(CustomerFact customer, CustomerDetail detail) implements ProvisioningFact {}

    record CustomerGone(CustomerDeletion deletion) implements ProvisioningFact {}

    /** @param print of a card that belongs to a customer */
    record PaymentMethodSeen(
            PaymentMethodSummary method, @Nullable CardPrint print, List<ContactHint> hints)
            implements ProvisioningFact {}

    /** Nothing but an e-mail, which is good for whoever is known by nothing better. */
    record ContactHeard(List<ContactHint> hints) implements ProvisioningFact {}

    record SessionCompleted(SessionFact session) implements ProvisioningFact {}

    record ProductSeen(ProductFact product) implements ProvisioningFact {}

    record PriceSeen(PriceFact price) implements ProvisioningFact {}

    record SubscriptionSeen(SubscriptionFact subscription) implements ProvisioningFact {}

    record ScheduleSeen(ScheduleFact schedule) implements ProvisioningFact {}

    record InvoiceSeen(InvoiceFact invoice, List<ContactHint> hints) implements ProvisioningFact {}

    /** A voucher's time was given, taken back or given back. */
    record VoucherMoved(TimeMove move) implements ProvisioningFact {}

    record PaymentDoubted(HoldFact hold) implements ProvisioningFact {}

    record PaymentReturned(ReversalFact reversal) implements ProvisioningFact {}
}
