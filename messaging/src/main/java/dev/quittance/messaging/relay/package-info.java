/** The one process per slice that moves the outbox to Kafka, in order. */
@NullMarked
package dev.quittance.messaging.relay;

import org.jspecify.annotations.NullMarked;
