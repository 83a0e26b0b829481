package dev.quittance.billing.settlement;

import dev.quittance.billing.fact.Subjects;
import dev.quittance.billing.settlement.Purchase.Buyer;

/**
 * When a payment is a purchase by itself: it is paid, says what it is for, and neither a session nor an invoice made it, which
 * Stripe is asked. Under the payment's own anchor, which is also its session's, so that it is never granted twice.
 */
final class DirectRules {
    private static final SettlementDecision NOTHING = new SettlementDecision.Nothing();

    private DirectRules() {}

    static SettlementDecision decide(Direct direct, boolean canAsk) {
        Purchase purchase = direct.purchase();
        if (!purchase.paymentSeen() || purchase.settled() || direct.owned() || Boolean.TRUE.equals(direct.owner())) {
            return NOTHING;
        }
        if (direct.owner() == null && canAsk) {
            return new SettlementDecision.Wait(
                    Subjects.intentOwner(purchase.account(), direct.intentId()), "OWNER_UNKNOWN", true);
        }
        Buyer buyer = purchase.buyer();
        if (buyer == null && direct.customerId() != null) {
            return new SettlementDecision.Wait(
                    Subjects.customer(purchase.account(), direct.customerId()), "CUSTOMER_UNKNOWN", false);
        }
        if (buyer == null) {
            buyer = direct.named();
        } else if (direct.named() != null && !direct.named().userId().equals(buyer.userId())) {
            return hold(direct, "BUYER_CONFLICT");
        }
        if (buyer == null) {
            return hold(direct, "BUYER_UNKNOWN");
        }
        return switch (SettlementRules.byTerms(purchase, buyer, false)) {
            case SettlementDecision.Settle(Settlement settlement) ->
                new SettlementDecision.Settle(settlement.withoutSession());
            case SettlementDecision.Hold hold -> hold;
            case SettlementDecision.Wait wait -> wait;
            case SettlementDecision.Nothing nothing -> nothing;
        };
    }

    private static SettlementDecision hold(Direct direct, String reason) {
        return new SettlementDecision.Hold(Subjects.operator(direct.intentId()), reason);
    }
}
