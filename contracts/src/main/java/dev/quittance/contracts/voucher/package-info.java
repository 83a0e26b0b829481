/** What voucher-service tells the others. */
@NullMarked
package dev.quittance.contracts.voucher;

import org.jspecify.annotations.NullMarked;
