/** Events that were committed with their cause and wait for the relay. */
@NullMarked
package dev.quittance.messaging.outbox;

import org.jspecify.annotations.NullMarked;
