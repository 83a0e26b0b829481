package dev.quittance.billing.fact;

/** What one of Stripe's events says. */
public sealed interface StripeFact extends BillingFact
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
                InvoicePaymentSeen,
                CreditNoteSeen,
                PaymentMethodSeen,
                SetupIntentSeen,
                CustomerGone,
                Unusable {}
