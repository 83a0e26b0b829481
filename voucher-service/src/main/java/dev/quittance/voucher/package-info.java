/** See the module README. */
@NullMarked
package dev.quittance.voucher;

import org.jspecify.annotations.NullMarked;
