package dev.quittance.billing.settlement;

import dev.quittance.billing.fact.Subjects;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.settlement.Purchase.Buyer;
import dev.quittance.billing.settlement.Purchase.Line;
import dev.quittance.billing.wallet.WalletMove;
import dev.quittance.contracts.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a purchase is settled: it is a paid one-time payment, its buyer is known, its money was seen to move, and its terms
 * are read. Decided from what is stored, never from which event came last, so that any order ends the same.
 */
final class SettlementRules {
    private static final SettlementDecision NOTHING = new SettlementDecision.Nothing();

    private SettlementRules() {}

    /**
     * @param canAsk whether Stripe can be asked for what the events do not say; without that a purchase whose terms are
     *     nowhere is settled without them
     */
    static SettlementDecision decide(Purchase purchase, boolean canAsk) {
        if (!isPaid(purchase) || purchase.settled() || purchase.isRefused()) {
            return NOTHING;
        }
        Buyer buyer = purchase.buyer();
        if (buyer == null) {
            return new SettlementDecision.Wait(
                    Subjects.identity(purchase.account(), purchase.sessionId()), "IDENTITY_UNKNOWN", false);
        }
        String intent = purchase.paymentIntentId();
        if (purchase.paymentStatus().equals("paid") && intent != null && !purchase.paymentSeen()) {
            return new SettlementDecision.Wait(Subjects.payment(purchase.account(), intent), "PAYMENT_NOT_SEEN", false);
        }
        return byTerms(purchase, buyer, canAsk);
    }

    /** What a paid purchase of a known buyer gives. */
    static SettlementDecision byTerms(Purchase purchase, Buyer buyer, boolean canAsk) {
        Money amount = purchase.amount();
        if (amount == null) {
            return hold(purchase, "AMOUNT_TOTAL_ABSENT");
        }
        if (purchase.paidOtherwise()) {
            return settle(purchase, buyer, amount, Terms.NONE);
        }
        OfferRules.Checked checked = OfferRules.check(purchase);
        if (checked.objection() != null) {
            return hold(purchase, checked.objection());
        }
        return switch (TermRules.read(checked.metadata())) {
            case TermReading.Given(Terms terms) ->
                TermRules.namesAll(checked.metadata())
                        ? settle(purchase, buyer, amount, terms)
                        : byLines(purchase, buyer, amount, terms, canAsk);
            case TermReading.Malformed(String reason) -> hold(purchase, reason);
            case TermReading.Silent() -> byLines(purchase, buyer, amount, Terms.NONE, canAsk);
        };
    }

    /** What a settlement gives. */
    static List<WalletMove> grants(Settlement settlement, Cause cause) {
        List<WalletMove> grants = new ArrayList<>(2);
        grant(grants, settlement, cause, "points", settlement.terms().points());
        grant(grants, settlement, cause, "credits", settlement.terms().credits());
        return grants;
    }

    private static void grant(List<WalletMove> grants, Settlement settlement, Cause cause, String unit, long amount) {
        if (amount > 0) {
            grants.add(new WalletMove(
                    "grant:" + settlement.anchor() + ":" + unit,
                    "grant",
                    cause,
                    settlement.occurredAt(),
                    settlement.userId(),
                    unit,
                    amount));
        }
    }

    private static boolean isPaid(Purchase purchase) {
        return purchase.mode().equals("payment")
                && purchase.status().equals("complete")
                && (purchase.paymentStatus().equals("paid")
                        || purchase.paymentStatus().equals("no_payment_required"));
    }

    /** Each kind of term by itself: what the session names holds for the whole purchase, the rest is read from its lines. */
    private static SettlementDecision byLines(Purchase purchase, Buyer buyer, Money amount, Terms own, boolean canAsk) {
        if (purchase.linesSource().equals("gone")) {
            return own.equals(Terms.NONE) ? hold(purchase, "SESSION_GONE") : settle(purchase, buyer, amount, own);
        }
        boolean isLast = purchase.linesSource().equals("looked_up") || !canAsk;
        boolean known = !purchase.linesSource().equals("none");
        List<Terms> terms = new ArrayList<>(List.of(own));
        List<Long> quantities = new ArrayList<>(List.of(1L));
        for (Line line : purchase.lines()) {
            Map<String, String> named = TermRules.unnamed(metadata(line), named(purchase));
            switch (TermRules.read(named)) {
                case TermReading.Given(Terms given) -> {
                    terms.add(given);
                    quantities.add(line.quantity());
                }
                case TermReading.Malformed(String reason) -> {
                    return hold(purchase, reason);
                }
                case TermReading.Silent() -> {}
            }
            known &= isWhole(line) || TermRules.namesAll(TermRules.nearest(named(purchase), named));
        }
        if (!known && !isLast) {
            return new SettlementDecision.Wait(
                    Subjects.lines(purchase.account(), purchase.sessionId()), "LINES_UNKNOWN", true);
        }
        Terms sum = TermRules.sum(terms, quantities);
        return sum == null ? hold(purchase, "TERMS_TOO_LARGE") : settle(purchase, buyer, amount, sum);
    }

    /** What the session itself names, by its own words or by what it names an offer of. */
    private static Map<String, String> named(Purchase purchase) {
        return OfferRules.check(purchase).metadata();
    }

    /** The price's terms, and its product's where the price is silent. */
    private static Map<String, String> metadata(Line line) {
        return TermRules.nearest(orNone(line.price()), orNone(line.product()));
    }

    private static Map<String, String> orNone(@Nullable Map<String, String> metadata) {
        return metadata == null ? Map.of() : metadata;
    }

    private static boolean isWhole(Line line) {
        return line.price() != null && line.product() != null;
    }

    private static SettlementDecision settle(Purchase purchase, Buyer buyer, Money amount, Terms terms) {
        return new SettlementDecision.Settle(new Settlement(
                purchase.anchor(),
                purchase.account(),
                purchase.sessionId(),
                purchase.paymentIntentId(),
                buyer.userId(),
                buyer.accountNumber(),
                amount,
                terms,
                purchase.occurredAt(),
                null,
                null));
    }

    private static SettlementDecision hold(Purchase purchase, String reason) {
        return new SettlementDecision.Hold(Subjects.operator(purchase.anchor()), reason);
    }
}
