/** What happened outside, as billing understands it: a closed set of facts, read from the events once and tolerantly. */
@NullMarked
package dev.quittance.billing.fact;

import org.jspecify.annotations.NullMarked;
