/** The merchant's balance at Stripe: every movement is one transaction. */
@NullMarked
package dev.quittance.localstack.simulator.balance;

import org.jspecify.annotations.NullMarked;
