/** Tests of what is paid twice. */
@NullMarked
package dev.quittance.billing.overpayment;

import org.jspecify.annotations.NullMarked;
