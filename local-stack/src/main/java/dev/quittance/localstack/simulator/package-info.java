/**
 * A stateful double of the part of Stripe that we call: its REST API, its hosted checkout page and its signed webhooks with retries. It
 * exists so that a newcomer sees the whole product without a Stripe account, and so that tests need no network. Everything it knows is in
 * memory: undelivered events and open sessions end with the process.
 */
@NullMarked
package dev.quittance.localstack.simulator;

import org.jspecify.annotations.NullMarked;
