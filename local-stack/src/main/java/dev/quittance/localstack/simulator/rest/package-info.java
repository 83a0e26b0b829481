/** The door of Stripe's REST API: parameters, pages, expansion, idempotency, the shape of a refusal, and the objects that it answers with. */
@NullMarked
package dev.quittance.localstack.simulator.rest;

import org.jspecify.annotations.NullMarked;
