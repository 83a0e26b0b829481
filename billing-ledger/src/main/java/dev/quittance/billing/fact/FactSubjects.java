package dev.quittance.billing.fact;

import java.util.HashSet;
import java.util.Set;

/** Everything that an event may wait for or bring. */
final class FactSubjects {
    private FactSubjects() {}

    static Set<String> of(BillingFact fact) {
        Set<String> subjects = new HashSet<>();
        switch (fact) {
            case IntentSeen intent -> {
                subjects.add(Subjects.payment(intent.account(), intent.id()));
                if (intent.isOffer()) {
                    subjects.add(Subjects.intentOwner(intent.account(), intent.id()));
                    if (intent.customerId() != null) {
                        subjects.add(Subjects.customer(intent.account(), intent.customerId()));
                    }
                }
            }
            case ChargeSeen charge -> {
                subjects.add(Subjects.charge(charge.account(), charge.id()));
                if (charge.paymentIntentId() != null) {
                    subjects.add(Subjects.payment(charge.account(), charge.paymentIntentId()));
                }
            }
            case SessionSeen session -> {
                subjects.add(Subjects.identity(session.account(), session.id()));
                subjects.add(Subjects.lines(session.account(), session.id()));
                session.orderId().map(Subjects::order).ifPresent(subjects::add);
                if (session.paymentIntentId() != null) {
                    subjects.add(Subjects.payment(session.account(), session.paymentIntentId()));
                }
            }
            case RefundSeen refund -> of(refund, subjects);
            case DisputeSeen dispute -> of(dispute, subjects);
            case WarningSeen warning -> of(warning, subjects);
            case ReviewSeen review -> of(review, subjects);
            case InvoiceSeen invoice -> {
                subjects.add(Subjects.invoiceLines(invoice.account(), invoice.id()));
                if (invoice.customerId() != null) {
                    subjects.add(Subjects.customer(invoice.account(), invoice.customerId()));
                }
            }
            case CustomerKnown customer -> subjects.add(Subjects.customer(customer.account(), customer.customerId()));
            case Unusable unusable -> subjects.add(Subjects.operator(unusable.subject()));
            case IdentityKnown identity -> subjects.add(Subjects.identity(identity.account(), identity.sessionId()));
            case ProductSeen _,
                    PriceSeen _,
                    PayoutSeen _,
                    InvoicePaymentSeen _,
                    CreditNoteSeen _,
                    PaymentMethodSeen _,
                    SetupIntentSeen _,
                    CustomerGone _,
                    DaysMoved _ -> {}
        }
        return subjects;
    }

    /** What names its intent waits for nothing. */
    private static void of(PaymentConcern concern, Set<String> subjects) {
        if (concern.paymentIntentId() == null && concern.chargeId() != null) {
            subjects.add(Subjects.charge(concern.account(), concern.chargeId()));
        }
    }
}
