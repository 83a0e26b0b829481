/** Subscriptions: their periods and trials by the clock, renewals that fail, changes of plan with proration, pauses and endings. */
@NullMarked
package dev.quittance.localstack.simulator.subscription;

import org.jspecify.annotations.NullMarked;
