/** Who is asking: the user that a verified token names. */
@NullMarked
package dev.quittance.voucher.caller;

import org.jspecify.annotations.NullMarked;
