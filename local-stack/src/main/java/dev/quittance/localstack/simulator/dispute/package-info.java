/** Disputes: a person opens and decides them over the control API, since at Stripe the card's bank does. */
@NullMarked
package dev.quittance.localstack.simulator.dispute;

import org.jspecify.annotations.NullMarked;
