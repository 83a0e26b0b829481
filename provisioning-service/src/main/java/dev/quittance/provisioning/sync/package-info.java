/** Customers as Stripe has them: made when they are needed, told what users change, and looked for. */
@NullMarked
package dev.quittance.provisioning.sync;

import org.jspecify.annotations.NullMarked;
