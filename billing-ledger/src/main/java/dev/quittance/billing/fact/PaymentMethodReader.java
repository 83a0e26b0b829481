package dev.quittance.billing.fact;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads payment methods and setup intents. */
final class PaymentMethodReader {
    private static final List<String> SETUP_STEPS =
            List.of("requires_payment_method", "requires_confirmation", "requires_action", "processing");

    private PaymentMethodReader() {}

    static StripeFact method(StripeEvent event) {
        StripeObject method = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(method.id());
        String kind = method.text("type").orElse("card");
        boolean detached = event.type().equals("payment_method.detached");
        Instant createdAt = needs.objectTime();
        Version version = needs.version(detached ? 1 : 0, 0);
        return needs.factOrUnusable(() -> new PaymentMethodSeen(
                event.account(),
                id,
                // A detached method has no customer any more; the event says whose it was.
                emptyToNull(method.id("customer")
                        .orElse(event.previous().id("customer").orElse(""))),
                kind,
                method.text("card.brand", "us_bank_account.bank_name").orNull(),
                lastFour(method),
                number(method, "card.exp_month"),
                number(method, "card.exp_year"),
                method.text("card.fingerprint", "sepa_debit.fingerprint", "us_bank_account.fingerprint")
                        .orNull(),
                detached,
                createdAt,
                version));
    }

    static StripeFact customerGone(StripeEvent event) {
        Needs needs = new Needs(event);
        String id = needs.id(event.object().id());
        return needs.factOrUnusable(() -> new CustomerGone(event.account(), id));
    }

    static StripeFact setup(StripeEvent event) {
        StripeObject intent = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(intent.id());
        String status = needs.text(intent.text("status"), "STATUS");
        Instant createdAt = needs.objectTime();
        int rank = status.equals("succeeded") ? 2 : status.equals("canceled") ? 1 : 0;
        Version version = needs.version(rank, SETUP_STEPS.indexOf(status));
        return needs.factOrUnusable(() -> new SetupIntentSeen(
                event.account(),
                id,
                intent.id("customer").orNull(),
                intent.id("payment_method").orNull(),
                status,
                intent.text("last_setup_error.code", "last_setup_error.type").orNull(),
                createdAt,
                version));
    }

    private static @Nullable String lastFour(StripeObject method) {
        return method.text("card.last4", "sepa_debit.last4", "us_bank_account.last4", "bacs_debit.last4")
                .orNull();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Integer number(StripeObject method, String place) {
        long value = method.integer(place).orElse(0L);
        return value > 0 && value < 10_000 ? Integer.valueOf((int) value) : null;
    }
}
