package dev.quittance.billing.cart;

import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What may be in a cart. */
public final class CartRules {
    /** Different products in one cart, and in one order. */
    public static final int LINES_MAX = 50;

    private CartRules() {}

    /** The lines that a body names under {@code items}, each product once. */
    public static List<CartLine> read(JsonBody body) {
        List<CartLine> lines = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        for (JsonBody item : body.list("items", LINES_MAX)) {
            CartLine line = new CartLine(item.id("productId"), (int) item.whole("quantity", 1, CartLine.QUANTITY_MAX));
            if (!seen.add(line.productId())) {
                throw Problem.BAD_REQUEST.exception("items names a product twice");
            }
            lines.add(line);
        }
        return lines;
    }

    /** Refuses what is not for sale, and more than an order may have of it. */
    static void check(List<CartLine> lines, Map<UUID, Integer> limits) {
        for (CartLine line : lines) {
            Integer limit = limits.get(line.productId());
            if (limit == null) {
                throw Problem.PRODUCT_UNKNOWN.exception(
                        Map.of("productId", line.productId().toString()));
            }
            if (line.quantity() > limit) {
                throw Problem.QUANTITY_TOO_LARGE.exception(
                        Map.of("productId", line.productId().toString(), "maximum", limit));
            }
        }
    }
}
