/** When a purchase is paid, its customer known and its terms read, it is settled: grants are booked and the others told, once. */
@NullMarked
package dev.quittance.billing.settlement;

import org.jspecify.annotations.NullMarked;
