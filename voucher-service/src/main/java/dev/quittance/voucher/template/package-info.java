/** What becomes of a voucher when it is issued: handed out or redeemed at once, and how long it is good. */
@NullMarked
package dev.quittance.voucher.template;

import org.jspecify.annotations.NullMarked;
