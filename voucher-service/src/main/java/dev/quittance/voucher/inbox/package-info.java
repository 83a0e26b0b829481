/** The door for what other services made true: settled purchases and known customers. */
@NullMarked
package dev.quittance.voucher.inbox;

import org.jspecify.annotations.NullMarked;
