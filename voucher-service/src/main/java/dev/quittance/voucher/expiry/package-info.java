/** How far accounts are paid, as provisioning told it: enough to answer a redemption at once. */
@NullMarked
package dev.quittance.voucher.expiry;

import org.jspecify.annotations.NullMarked;
