package dev.quittance.billing.buying;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is sold for money by itself: a package, a plan, a voucher or a subscription.
 *
 * @param type as in an order's line
 * @param reference the package, the plan or Stripe's price
 * @param amount of points or credits; null where it is neither
 */
record Sale(
        String type,
        String reference,
        String name,
        @Nullable Long amount,
        long priceMinor,
        String currency) {}
