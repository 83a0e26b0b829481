/** What a voucher code is: sixteen symbols of which the last checks the others, known to the database only by a keyed digest. */
@NullMarked
package dev.quittance.voucher.code;

import org.jspecify.annotations.NullMarked;
