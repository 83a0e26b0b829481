/** Payment intents and their charges: how a payment succeeds, waits or is declined. */
@NullMarked
package dev.quittance.localstack.simulator.payment;

import org.jspecify.annotations.NullMarked;
