package dev.quittance.billing.buying;

import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.order.OrderDraft;
import dev.quittance.billing.order.OrderDraft.Line;
import dev.quittance.billing.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish to buy a package, a plan, vouchers or a subscription.
 *
 * @param amount the points or credits that the client showed, null when it does not say
 * @param price what the client showed as the price of one, likewise
 */
record SaleRequest(
        UUID userId,
        @Nullable String email,
        String key,
        String type,
        String reference,
        int quantity,
        @Nullable Long amount,
        @Nullable Long price,
        Instant expiresAt) {
    static final int REFERENCE_MAX = 200;
    static final long NUMBER_MAX = 1_000_000_000;
    /** Vouchers of one order. */
    static final int QUANTITY_MAX = 50;

    /** What names the thing in the body of each kind of request. */
    private static final Map<String, String> NAMES =
            Map.of("points", "packageId", "credits", "plan", "voucher", "priceId", "subscription", "priceId");

    static SaleRequest read(
            UUID userId, @Nullable String email, String key, String type, byte @Nullable [] bytes, Instant expiresAt) {
        JsonBody body = JsonBody.read(bytes);
        @Nullable Long quantity = type.equals("voucher") ? body.wholeOrNull("quantity", 1, QUANTITY_MAX) : null;
        return new SaleRequest(
                userId,
                email,
                key,
                type,
                body.text(NAMES.getOrDefault(type, "priceId"), REFERENCE_MAX),
                quantity == null ? 1 : quantity.intValue(),
                body.wholeOrNull(type, 0, NUMBER_MAX),
                body.wholeOrNull("price", 0, NUMBER_MAX),
                expiresAt);
    }

    String fingerprint() {
        return type + ":" + reference + ":" + quantity + ":" + amount + ":" + price;
    }

    /** The order, at the catalogue's price. */
    OrderDraft draft(Sale sale) {
        if (price != null && price != sale.priceMinor()) {
            throw Problem.PRICE_MISMATCH.exception(Map.of("price", sale.priceMinor(), "currency", sale.currency()));
        }
        if (amount != null && sale.amount() != null && !amount.equals(sale.amount())) {
            throw Problem.PRICE_MISMATCH.exception(Map.of(sale.type(), sale.amount()));
        }
        return new OrderDraft(
                userId,
                type,
                "stripe",
                sale.priceMinor() * quantity,
                sale.currency(),
                0,
                email,
                key,
                fingerprint(),
                expiresAt,
                List.of(new Line(type, null, sale.reference(), sale.name(), quantity, sale.priceMinor(), null)));
    }
}
