/** Stripe's customers as we know them: whose they are, and what Stripe said of them last. */
@NullMarked
package dev.quittance.provisioning.customer;

import org.jspecify.annotations.NullMarked;
