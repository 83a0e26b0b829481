/** Events that did not come by the door, on the same way as those that did: replayed from the log, or found in Stripe's list. */
@NullMarked
package dev.quittance.ingest.feed;

import org.jspecify.annotations.NullMarked;
