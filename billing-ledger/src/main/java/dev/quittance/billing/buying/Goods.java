package dev.quittance.billing.buying;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product of the shop's as the catalogue has it now. */
record Goods(
        UUID productId,
        String name,
        String type,
        boolean active,
        int maxPerOrder,
        @Nullable Long priceMinor,
        @Nullable String currency,
        @Nullable Long pricePoints) {}
