/** Checkout sessions and the hosted page on which a person pays, declines or lets expire. */
@NullMarked
package dev.quittance.localstack.simulator.checkout;

import org.jspecify.annotations.NullMarked;
