/** Stripe's objects as older versions of its API showed them: the same purchase, before and after Basil moved its fields. */
@NullMarked
package dev.quittance.localstack.simulator.version;

import org.jspecify.annotations.NullMarked;
