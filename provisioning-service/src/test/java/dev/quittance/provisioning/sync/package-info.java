/** Stripe, simulated, as the other side of what is kept in step. */
@NullMarked
package dev.quittance.provisioning.sync;

import org.jspecify.annotations.NullMarked;
