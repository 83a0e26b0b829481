package dev.quittance.contracts.stripe;

import java.util.ArrayList;
import java.util.List;

/** What this build needs of the endpoint at Stripe, and what is wrong with one: silence is the failure that nobody notices. */
public final class EndpointRules {
    /** Where it posts to, whatever stands before it. */
    public static final String PATH = "/api/webhooks/stripe";

    /** The newest shapes that were read in tests; what is newer may lack what we need. */
    public static final String VERSION_NEWEST = "2026-07-29.dahlia";

    private static final int DATE_LENGTH = 10;

    /** Every type that a service acts on, and no other. Stripe knows no patterns but the one for all. */
    public static final List<String> EVENTS = List.of(("charge.captured charge.dispute.closed charge.dispute.created "
                    + "charge.dispute.funds_reinstated charge.dispute.funds_withdrawn charge.dispute.updated charge.expired "
                    + "charge.failed charge.pending charge.refund.updated charge.refunded charge.succeeded charge.updated "
                    + "checkout.session.async_payment_failed checkout.session.async_payment_succeeded "
                    + "checkout.session.completed checkout.session.expired credit_note.created credit_note.updated "
                    + "credit_note.voided customer.created customer.deleted customer.subscription.created "
                    + "customer.subscription.deleted customer.subscription.paused "
                    + "customer.subscription.pending_update_applied customer.subscription.pending_update_expired "
                    + "customer.subscription.resumed customer.subscription.trial_will_end customer.subscription.updated "
                    + "customer.updated invoice.created invoice.deleted invoice.finalization_failed invoice.finalized "
                    + "invoice.marked_uncollectible invoice.overdue invoice.overpaid invoice.paid "
                    + "invoice.payment_action_required invoice.payment_attempt_required invoice.payment_failed "
                    + "invoice.payment_succeeded invoice.sent invoice.updated invoice.voided invoice.will_be_due "
                    + "invoice_payment.paid payment_intent.amount_capturable_updated payment_intent.canceled "
                    + "payment_intent.created payment_intent.partially_funded payment_intent.payment_failed "
                    + "payment_intent.processing payment_intent.requires_action payment_intent.succeeded "
                    + "payment_method.attached payment_method.automatically_updated payment_method.detached "
                    + "payment_method.updated payout.canceled payout.created payout.failed payout.paid "
                    + "payout.reconciliation_completed payout.updated plan.created plan.deleted plan.updated price.created "
                    + "price.deleted price.updated product.created product.deleted product.updated "
                    + "radar.early_fraud_warning.created radar.early_fraud_warning.updated refund.created refund.failed "
                    + "refund.updated review.closed review.opened setup_intent.canceled setup_intent.created "
                    + "setup_intent.requires_action setup_intent.setup_failed setup_intent.succeeded "
                    + "subscription_schedule.aborted subscription_schedule.canceled subscription_schedule.completed "
                    + "subscription_schedule.created subscription_schedule.expiring subscription_schedule.released "
                    + "subscription_schedule.updated")
            .split(" ", -1));

    private EndpointRules() {}

    /**
     * Something that is wrong.
     *
     * @param code stable
     * @param missing the types that are not told of, where that is it
     */
    public record Finding(String code, String detail, List<String> missing) {
        public Finding {
            missing = List.copyOf(missing);
        }

        static Finding of(String code, String detail) {
            return new Finding(code, detail, List.of());
        }
    }

    /** Ours: those that post to {@code url}, or to our path anywhere when that is blank. */
    public static List<StripeEndpoint> ours(List<StripeEndpoint> endpoints, String url) {
        return endpoints.stream()
                .filter(each ->
                        url.isBlank() ? each.url().endsWith(PATH) : each.url().equals(url))
                .toList();
    }

    /** @param ours as {@link #ours} finds them */
    public static List<Finding> findings(List<StripeEndpoint> ours, boolean livemode) {
        List<StripeEndpoint> live = ours.stream()
                .filter(each -> each.status().equals(StripeEndpoint.ENABLED))
                .toList();
        if (live.isEmpty()) {
            return List.of(
                    ours.isEmpty()
                            ? Finding.of("endpoint_missing", "Stripe has no endpoint that posts to us.")
                            : Finding.of(
                                    "endpoint_disabled",
                                    "Stripe has stopped posting to us: the endpoint is disabled."));
        }
        List<Finding> findings = new ArrayList<>();
        if (live.size() > 1) {
            findings.add(Finding.of("endpoint_repeated", "Several endpoints post to us: each event comes so often."));
        }
        List<String> missing = EVENTS.stream()
                .filter(type -> live.stream().noneMatch(each -> each.tells(type)))
                .toList();
        if (!missing.isEmpty()) {
            findings.add(new Finding(
                    "events_missing", "Stripe does not tell of " + missing.size() + " types that we act on.", missing));
        }
        if (live.stream().anyMatch(each -> each.apiVersion() == null)) {
            findings.add(Finding.of(
                    "version_unpinned", "The endpoint names no API version: the account's may change under us."));
        }
        if (live.stream().anyMatch(EndpointRules::isNewerThanRead)) {
            findings.add(Finding.of(
                    "version_newer",
                    "The endpoint's API version is newer than " + VERSION_NEWEST + ", which we know."));
        }
        if (live.stream().anyMatch(each -> each.livemode() != livemode)) {
            findings.add(
                    Finding.of("livemode_differs", "The endpoint is of the other mode: all of it would be set aside."));
        }
        return findings;
    }

    private static boolean isNewerThanRead(StripeEndpoint endpoint) {
        String version = endpoint.apiVersion();
        return version != null
                && version.length() >= DATE_LENGTH
                && version.substring(0, DATE_LENGTH).compareTo(VERSION_NEWEST.substring(0, DATE_LENGTH)) > 0;
    }
}
