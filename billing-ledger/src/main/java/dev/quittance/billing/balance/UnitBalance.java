package dev.quittance.billing.balance;

import java.util.Objects;

/**
 * A user's balance in one unit, as of a version.
 *
 * @param seq the balance row's version; a greater one is newer
 */
record UnitBalance(String unit, long amount, long seq) {
    UnitBalance {
        Objects.requireNonNull(unit, "unit is null");
    }
}
