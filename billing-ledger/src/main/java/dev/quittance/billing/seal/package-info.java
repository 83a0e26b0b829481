/** Blocks of journal entries, sealed after they are committed by a hash chain whose head is told to the world outside. */
@NullMarked
package dev.quittance.billing.seal;

import org.jspecify.annotations.NullMarked;
