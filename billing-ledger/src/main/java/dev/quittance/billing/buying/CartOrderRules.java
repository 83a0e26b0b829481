package dev.quittance.billing.buying;

import dev.quittance.billing.cart.CartLine;
import dev.quittance.billing.order.OrderDraft;
import dev.quittance.billing.order.OrderDraft.Line;
import dev.quittance.billing.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a cart comes to, by the catalogue's prices; what a client believes it costs is compared, never taken. */
final class CartOrderRules {
    private CartOrderRules() {}

    /**
     * The order.
     *
     * @param request who wants it, how it is paid and under which key
     */
    static OrderDraft draft(CheckoutRequest request, List<CartLine> lines, Map<UUID, Goods> goods) {
        if (lines.isEmpty()) {
            throw Problem.CART_EMPTY.exception();
        }
        boolean byPoints = request.byPoints();
        List<Line> ordered = new ArrayList<>(lines.size());
        Set<String> currencies = new HashSet<>();
        long total = 0;
        for (CartLine line : lines) {
            Goods product = sellable(line, goods.get(line.productId()));
            Long unit = byPoints ? product.pricePoints() : product.priceMinor();
            if (unit == null) {
                throw Problem.NOT_SOLD_THIS_WAY.exception(named(line));
            }
            if (!byPoints && product.currency() != null) {
                currencies.add(product.currency());
            }
            total += unit * line.quantity();
            ordered.add(new Line(
                    product.type(),
                    product.productId(),
                    product.productId().toString(),
                    product.name(),
                    line.quantity(),
                    byPoints ? null : unit,
                    byPoints ? unit : null));
        }
        if (currencies.size() > 1) {
            throw Problem.CURRENCY_MIXED.exception();
        }
        @Nullable String currency = byPoints ? null : currencies.iterator().next();
        requireExpected(request.expected(), total);
        return new OrderDraft(
                request.userId(),
                "cart",
                request.paymentMethod(),
                byPoints ? 0 : total,
                currency,
                byPoints ? total : 0,
                request.email(),
                request.key(),
                request.fingerprint(),
                request.expiresAt(),
                ordered);
    }

    static void requireExpected(@Nullable Long expected, long total) {
        if (expected != null && expected != total) {
            throw Problem.PRICE_MISMATCH.exception(Map.of("total", total));
        }
    }

    private static Goods sellable(CartLine line, @Nullable Goods product) {
        if (product == null || !product.active()) {
            throw Problem.PRODUCT_UNKNOWN.exception(named(line));
        }
        if (line.quantity() > product.maxPerOrder()) {
            throw Problem.QUANTITY_TOO_LARGE.exception(
                    Map.of("productId", line.productId().toString(), "maximum", product.maxPerOrder()));
        }
        return product;
    }

    private static Map<String, Object> named(CartLine line) {
        return Map.of("productId", line.productId().toString());
    }
}
