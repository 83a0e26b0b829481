/** What was given up, with its cause, where it can be found and replayed. */
@NullMarked
package dev.quittance.messaging.deadletter;

import org.jspecify.annotations.NullMarked;
