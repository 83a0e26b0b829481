package dev.quittance.billing.cart;

import java.util.Objects;
import java.util.UUID;

/** So many of a product. */
public record CartLine(UUID productId, int quantity) {
    public static final int QUANTITY_MAX = 1_000;

    public CartLine {
        Objects.requireNonNull(productId, "productId is null");
        if (quantity < 1 || quantity > QUANTITY_MAX) {
            throw new IllegalArgumentException("a quantity that nobody orders");
        }
    }
}
