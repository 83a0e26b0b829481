/** What can be bought: Stripe's products and prices as last seen, and the plans that follow from them. */
@NullMarked
package dev.quittance.provisioning.plan;

import org.jspecify.annotations.NullMarked;
