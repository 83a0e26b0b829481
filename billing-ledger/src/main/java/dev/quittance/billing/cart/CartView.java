package dev.quittance.billing.cart;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A cart as its user sees it, at the prices of now. */
record CartView(List<Item> items) {
    CartView {
        items = List.copyOf(items);
    }

    /**
     * @param available null where it is endless
     * @param active whether it is still for sale
     */
    record Item(
            UUID productId,
            String name,
            String type,
            int quantity,
            @Nullable Long priceMinor,
            @Nullable String currency,
            @Nullable Long pricePoints,
            @Nullable String imageUrl,
            int maxPerOrder,
            @Nullable Long available,
            boolean active) {}
}
