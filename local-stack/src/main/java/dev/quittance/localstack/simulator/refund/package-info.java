/** Refunds: what goes back to a buyer shows on the refund, its charge, the balance and the events alike. */
@NullMarked
package dev.quittance.localstack.simulator.refund;

import org.jspecify.annotations.NullMarked;
