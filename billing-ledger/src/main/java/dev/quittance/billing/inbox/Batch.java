package dev.quittance.billing.inbox;

import dev.quittance.billing.day.DayRules;
import dev.quittance.billing.dispute.DisputeRules;
import dev.quittance.billing.dispute.DisputeState;
import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.fact.ChargeSeen;
import dev.quittance.billing.fact.CreditNoteSeen;
import dev.quittance.billing.fact.CustomerGone;
import dev.quittance.billing.fact.CustomerKnown;
import dev.quittance.billing.fact.DaysMoved;
import dev.quittance.billing.fact.DisputeSeen;
import dev.quittance.billing.fact.IdentityKnown;
import dev.quittance.billing.fact.IntentSeen;
import dev.quittance.billing.fact.InvoicePaymentSeen;
import dev.quittance.billing.fact.InvoiceSeen;
import dev.quittance.billing.fact.PaymentMethodSeen;
import dev.quittance.billing.fact.PayoutSeen;
import dev.quittance.billing.fact.PriceSeen;
import dev.quittance.billing.fact.ProductSeen;
import dev.quittance.billing.fact.RefundSeen;
import dev.quittance.billing.fact.ReviewSeen;
import dev.quittance.billing.fact.SessionSeen;
import dev.quittance.billing.fact.SetupIntentSeen;
import dev.quittance.billing.fact.Subjects;
import dev.quittance.billing.fact.Unusable;
import dev.quittance.billing.fact.WarningSeen;
import dev.quittance.billing.invoice.InvoiceRules;
import dev.quittance.billing.invoice.InvoiceState;
import dev.quittance.billing.lookup.LookupStore.Question;
import dev.quittance.billing.payment.PaymentRules;
import dev.quittance.billing.payout.PayoutRules;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.posting.Shards;
import dev.quittance.billing.refund.RefundRules;
import dev.quittance.billing.reversal.Credited;
import dev.quittance.billing.reversal.Touched;
import dev.quittance.billing.settlement.Settler.Billing;
import dev.quittance.billing.settlement.Settler.Paying;
import dev.quittance.billing.settlement.Settler.Told;
import dev.quittance.contracts.stripe.StripeSnapshot;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A batch, sorted by what is to be done with it. Pure: what each fact means stands here, what is written in the handler. */
final class Batch {
    final List<IntentSeen> intents = new ArrayList<>();
    final List<ChargeSeen> charges = new ArrayList<>();
    final List<SessionSeen> sessions = new ArrayList<>();
    final List<ProductSeen> products = new ArrayList<>();
    final List<PriceSeen> prices = new ArrayList<>();
    final List<IdentityKnown> identities = new ArrayList<>();
    final List<RefundSeen> refunds = new ArrayList<>();
    final List<DisputeSeen> disputes = new ArrayList<>();
    final List<WarningSeen> warnings = new ArrayList<>();
    final List<ReviewSeen> reviews = new ArrayList<>();
    final List<PayoutSeen> payouts = new ArrayList<>();
    final List<InvoiceSeen> invoices = new ArrayList<>();
    final List<InvoicePaymentSeen> invoicePayments = new ArrayList<>();
    final List<CreditNoteSeen> creditNotes = new ArrayList<>();
    final List<PaymentMethodSeen> paymentMethods = new ArrayList<>();
    final List<SetupIntentSeen> setupIntents = new ArrayList<>();
    final List<CustomerGone> goneCustomers = new ArrayList<>();
    final List<CustomerKnown> customers = new ArrayList<>();
    final List<Billing> billing = new ArrayList<>();
    final List<Paying> paying = new ArrayList<>();
    final List<Credited> credited = new ArrayList<>();
    final Map<ObjectKey, Cause> disputeCauses = new HashMap<>();
    final Map<ObjectKey, Cause> invoiceCauses = new HashMap<>();
    final List<Touched> touched = new ArrayList<>();
    final List<Told> told = new ArrayList<>();
    final List<Posting> postings = new ArrayList<>();
    final List<Question> questions = new ArrayList<>();
    final Effects effects = new Effects();

    /** A dispute, or an invoice. */
    record ObjectKey(String account, String id) {}

    static Batch of(List<Delivered<BillingFact>> delivered) {
        Batch batch = new Batch();
        for (Delivered<BillingFact> one : delivered) {
            if (!StripeSnapshot.isType(one.incoming().type()) || !batch.isKept(one.fact())) {
                batch.add(one.incoming(), one.fact());
            }
        }
        return batch;
    }

    /** Money of before us: it is known, and nothing is booked, granted, asked or released because of it. */
    private boolean isKept(BillingFact fact) {
        if (fact instanceof ChargeSeen charge) {
            return charges.add(charge);
        }
        return fact instanceof InvoiceSeen invoice && invoices.add(invoice);
    }

    private void add(Incoming incoming, BillingFact fact) {
        switch (fact) {
            case IntentSeen intent -> {
                intents.add(intent);
                link(
                        incoming,
                        intent.account(),
                        intent.invoiceId(),
                        intent.id(),
                        intent.isPaid() ? intent.amountReceivedMinor() : null);
                if (intent.isOffer()) {
                    paying.add(new Paying(incoming, intent));
                }
                if (intent.isPaid()) {
                    effects.arrived(Subjects.payment(intent.account(), intent.id()));
                }
            }
            case ChargeSeen charge -> add(incoming, charge);
            case SessionSeen session -> {
                sessions.add(session);
                told.add(new Told(incoming, session));
            }
            case ProductSeen product -> products.add(product);
            case PriceSeen price -> prices.add(price);
            case IdentityKnown identity -> {
                identities.add(identity);
                effects.arrived(Subjects.identity(identity.account(), identity.sessionId()));
            }
            case RefundSeen refund -> add(incoming, refund);
            case DisputeSeen dispute -> add(incoming, dispute);
            case WarningSeen warning -> {
                warnings.add(warning);
                if (warning.actionable() && warning.chargeId() != null) {
                    questions.add(Question.warningRefund(
                            warning.account(),
                            warning.id(),
                            warning.chargeId(),
                            incoming.id().id()));
                }
                touched.add(new Touched(incoming, warning));
            }
            case ReviewSeen review -> {
                reviews.add(review);
                touched.add(new Touched(incoming, review));
            }
            case PayoutSeen payout -> {
                payouts.add(payout);
                postings.addAll(PayoutRules.postings(payout, cause(incoming, payout.account())));
            }
            case InvoiceSeen invoice -> add(incoming, invoice);
            case InvoicePaymentSeen payment ->
                link(
                        incoming,
                        payment.account(),
                        payment.invoiceId(),
                        payment.paymentIntentId(),
                        payment.amountMinor());
            case CreditNoteSeen note -> {
                creditNotes.add(note);
                credited.add(new Credited(incoming, note.account(), note.invoiceId()));
                postings.addAll(InvoiceRules.postings(note, cause(incoming, note.account())));
            }
            case DaysMoved moved -> postings.addAll(DayRules.postings(moved, cause(incoming, "")));
            case PaymentMethodSeen method -> paymentMethods.add(method);
            case SetupIntentSeen intent -> setupIntents.add(intent);
            case CustomerGone customer -> goneCustomers.add(customer);
            case CustomerKnown customer -> {
                customers.add(customer);
                effects.arrived(Subjects.customer(customer.account(), customer.customerId()));
            }
            case Unusable unusable -> effects.park(incoming, Subjects.operator(unusable.subject()), unusable.reason());
        }
    }

    private void add(Incoming incoming, ChargeSeen charge) {
        String eventId = incoming.id().id();
        charges.add(charge);
        postings.addAll(PaymentRules.postings(charge, cause(incoming, charge.account())));
        if (charge.balanceTransactionId() != null && PaymentRules.needsFeeLookup(charge)) {
            questions.add(Question.balanceTransaction(charge.account(), charge.balanceTransactionId(), eventId));
        }
        link(
                incoming,
                charge.account(),
                charge.invoiceId(),
                charge.paymentIntentId(),
                charge.isPaid() ? charge.grossMinor() : null);
        charge.refunds().forEach(refund -> add(incoming, refund));
        if (!charge.refundsAreWhole()) {
            questions.add(Question.chargeRefunds(charge.account(), charge.id(), charge.amountRefundedMinor(), eventId));
        }
        effects.arrived(Subjects.charge(charge.account(), charge.id()));
        if (charge.isPaid() && charge.paymentIntentId() != null) {
            effects.arrived(Subjects.payment(charge.account(), charge.paymentIntentId()));
        }
    }

    private void add(Incoming incoming, RefundSeen refund) {
        refunds.add(refund);
        touched.add(new Touched(incoming, refund));
        postings.addAll(RefundRules.postings(refund, cause(incoming, refund.account())));
    }

    private void add(Incoming incoming, DisputeSeen dispute) {
        disputes.add(dispute);
        touched.add(new Touched(incoming, dispute));
        disputeCauses.putIfAbsent(new ObjectKey(dispute.account(), dispute.id()), cause(incoming, dispute.account()));
        if (dispute.lacksMovements()) {
            questions.add(Question.dispute(
                    dispute.account(),
                    dispute.id(),
                    incoming.type(),
                    incoming.id().id()));
        }
    }

    private void add(Incoming incoming, InvoiceSeen invoice) {
        invoices.add(invoice);
        invoiceCauses.putIfAbsent(new ObjectKey(invoice.account(), invoice.id()), cause(incoming, invoice.account()));
        invoice.paymentIntentIds()
                .forEach(intent -> link(
                        incoming,
                        invoice.account(),
                        invoice.id(),
                        intent,
                        invoice.shares().get(intent)));
        if (invoice.isPaid()) {
            // Two payments of it may have been told of before it was.
            credited.add(new Credited(incoming, invoice.account(), invoice.id()));
            billing.add(new Billing(incoming, invoice));
            postings.addAll(InvoiceRules.postings(invoice, cause(incoming, invoice.account())));
        }
    }

    private void link(
            Incoming incoming,
            String account,
            @Nullable String invoice,
            @Nullable String intent,
            @Nullable Long amountMinor) {
        if (invoice != null && intent != null) {
            InvoicePaymentSeen payment = new InvoicePaymentSeen(account, invoice, intent, amountMinor);
            invoicePayments.add(payment);
            touched.add(new Touched(incoming, payment));
        }
    }

    /** What the disputes of this batch book, as they stand in the store. */
    void addDisputes(List<DisputeState> states) {
        for (DisputeState state : states) {
            Cause cause = disputeCauses.get(new ObjectKey(state.account(), state.id()));
            if (cause != null) {
                postings.addAll(DisputeRules.postings(state, cause));
            }
        }
    }

    /** What the invoices of this batch book beside their money, as they stand in the store. */
    void addInvoices(List<InvoiceState> states) {
        for (InvoiceState state : states) {
            Cause cause = invoiceCauses.get(new ObjectKey(state.account(), state.id()));
            if (cause != null) {
                postings.addAll(InvoiceRules.postings(state, cause));
            }
        }
    }

    /** The products of our own account whose description, or price, may be another one now. */
    List<String> stripeProducts() {
        return Stream.concat(
                        products.stream()
                                .filter(seen -> seen.account().isEmpty())
                                .map(ProductSeen::id),
                        prices.stream().filter(seen -> seen.account().isEmpty()).map(PriceSeen::productId))
                .distinct()
                .toList();
    }

    private static Cause cause(Incoming incoming, String account) {
        return new Cause(account, incoming.id().id(), Shards.of(incoming.key()));
    }
}
