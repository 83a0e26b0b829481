/** Amounts as whole smallest units with their currency. */
@NullMarked
package dev.quittance.contracts.money;

import org.jspecify.annotations.NullMarked;
