/** Refunds that an operator asks for: asked of Stripe once, whatever becomes of the answer. The books change by events only. */
@NullMarked
package dev.quittance.billing.refunding;

import org.jspecify.annotations.NullMarked;
