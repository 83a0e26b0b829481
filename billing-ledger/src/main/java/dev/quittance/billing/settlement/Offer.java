package dev.quittance.billing.settlement;

import dev.quittance.contracts.money.Money;
import java.util.Objects;

/**
 * What is sold under a name, and for how much.
 *
 * @param amount of points, or of credits
 */
record Offer(long amount, Money price) {
    Offer {
        Objects.requireNonNull(price, "price is null");
    }
}
