/**
 * Delivery: at least once in, exactly one effect out, whatever the order and the duplication. A service brings a {@link
 * dev.quittance.messaging.inbox.BatchHandler}; everything else about getting events in and out once is here.
 */
@NullMarked
package dev.quittance.messaging;

import org.jspecify.annotations.NullMarked;
