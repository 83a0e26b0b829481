/** How much waits to be done and since when, for whoever watches: what is sent later, and what is parked. */
@NullMarked
package dev.quittance.messaging.backlog;

import org.jspecify.annotations.NullMarked;
