package dev.quittance.billing.settlement;

import dev.quittance.contracts.money.Money;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a session says it sold with what is for sale. A session's metadata passed through a client: what it names is
 * looked up, and what it says beside that must agree.
 */
final class OfferRules {
    private OfferRules() {}

    /**
     * What came of it.
     *
     * @param metadata the session's, with the amounts of what it names
     * @param objection a stable code when it does not agree, else null
     */
    record Checked(Map<String, String> metadata, @Nullable String objection) {
        Checked {
            metadata = Map.copyOf(metadata);
        }

        static Checked objected(String objection) {
            return new Checked(Map.of(), objection);
        }
    }

    static Checked check(Purchase purchase) {
        Map<String, String> metadata = new HashMap<>(purchase.metadata());
        Money amount = purchase.amount();
        Money listed = amount != null && purchase.subtotalMinor() != null
                ? new Money(purchase.subtotalMinor(), amount.currency())
                : amount;
        if (metadata.containsKey("package_id") && purchase.pointsOffer() == null) {
            return Checked.objected("PACKAGE_UNKNOWN");
        }
        if (metadata.containsKey("plan") && metadata.containsKey("credits") && purchase.creditsOffer() == null) {
            return Checked.objected("PLAN_UNKNOWN");
        }
        // What a person let go is settled at what was paid; what it gives, the catalogue says.
        boolean isAnyPrice = purchase.isReleased();
        String objection = apply(metadata, "points", purchase.pointsOffer(), listed, isAnyPrice);
        if (objection == null) {
            objection = apply(metadata, "credits", purchase.creditsOffer(), listed, isAnyPrice);
        }
        if (objection == null && !isAnyPrice && !agrees(metadata.get("price"), listed)) {
            objection = "PRICE_MISMATCH";
        }
        return objection == null ? new Checked(metadata, null) : Checked.objected(objection);
    }

    private static @Nullable String apply(
            Map<String, String> metadata,
            String unit,
            @Nullable Offer offer,
            @Nullable Money listed,
            boolean isAnyPrice) {
        if (offer == null) {
            return null;
        }
        String amount = Long.toString(offer.amount());
        if (!metadata.getOrDefault(unit, amount).equals(amount)) {
            return unit.equals("points") ? "POINTS_MISMATCH" : "CREDITS_MISMATCH";
        }
        if (!isAnyPrice && !offer.price().equals(listed)) {
            return "PRICE_MISMATCH";
        }
        metadata.put(unit, amount);
        return null;
    }

    /** In the currency's smallest unit, as Stripe has it. */
    private static boolean agrees(@Nullable String price, @Nullable Money listed) {
        return price == null || (listed != null && price.equals(Long.toString(listed.amountMinor())));
    }
}
