/** What billing's integration tests share: a database to look into, keys to sign with, events to send. */
@NullMarked
package dev.quittance.billing.testing;

import org.jspecify.annotations.NullMarked;
