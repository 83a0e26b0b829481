/** What customers subscribe to: Stripe's subscriptions with their items, periods, payments and plans, in whatever order told. */
@NullMarked
package dev.quittance.provisioning.subscription;

import org.jspecify.annotations.NullMarked;
