/** From a poll of records to one transaction: claim, apply, release what waited, append what follows; bisect what fails. */
@NullMarked
package dev.quittance.messaging.inbox;

import org.jspecify.annotations.NullMarked;
