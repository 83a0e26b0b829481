package dev.quittance.billing.shop;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product as buyers see it.
 *
 * @param available null where it is endless
 */
record ProductView(
        UUID productId,
        String name,
        String description,
        String type,
        @Nullable Long priceMinor,
        @Nullable String currency,
        @Nullable Long pricePoints,
        @Nullable String imageUrl,
        int maxPerOrder,
        @Nullable Long available,
        boolean active) {

    /** A page; {@code next} is where the one after it begins, null on the last. */
    record Page(List<ProductView> products, @Nullable String next) {
        Page {
            products = List.copyOf(products);
        }
    }

    /** What an operator sees of the stock. */
    record Stock(UUID productId, long received, long available, long reserved, long sold, long lost) {}

    /** Points or credits that are for sale. */
    record Offer(String id, String name, String unit, long amount, long priceMinor, String currency, boolean active) {}

    /**
     * A price of Stripe's that is sold by itself.
     *
     * @param terms what it gives: points, credits, and the term of its voucher
     */
    record Priced(String priceId, String name, long priceMinor, String currency, Map<String, Object> terms) {
        Priced {
            terms = Map.copyOf(terms);
        }
    }

    /** All of them of one kind. */
    record Prices(List<Priced> prices) {
        Prices {
            prices = List.copyOf(prices);
        }
    }

    /** All offers of one unit. */
    record Offers(List<Offer> offers) {
        Offers {
            offers = List.copyOf(offers);
        }
    }
}
