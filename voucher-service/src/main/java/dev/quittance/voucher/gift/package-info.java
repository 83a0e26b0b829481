/** Giving a voucher away: its code goes by mail to whomever its owner names, and is not kept. */
@NullMarked
package dev.quittance.voucher.gift;

import org.jspecify.annotations.NullMarked;
