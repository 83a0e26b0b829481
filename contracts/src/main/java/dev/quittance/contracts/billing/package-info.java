/** What billing-ledger tells the others. */
@NullMarked
package dev.quittance.contracts.billing;

import org.jspecify.annotations.NullMarked;
