package dev.quittance.billing.fact;

/** A sight of one of Stripe's objects. */
public sealed interface Versioned
        permits IntentSeen,
                ChargeSeen,
                SessionSeen,
                ProductSeen,
                PriceSeen,
                RefundSeen,
                DisputeSeen,
                WarningSeen,
                ReviewSeen,
                PayoutSeen,
                InvoiceSeen,
                CreditNoteSeen,
                PaymentMethodSeen,
                SetupIntentSeen {
    String account();

    String id();

    Version version();
}
