/** Tests of batches. */
@NullMarked
package dev.quittance.voucher.batch;

import org.jspecify.annotations.NullMarked;
