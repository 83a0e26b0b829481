/** The events that happened, and their signed way to the endpoints: retries, and faults on purpose. */
@NullMarked
package dev.quittance.localstack.simulator.webhook;

import org.jspecify.annotations.NullMarked;
