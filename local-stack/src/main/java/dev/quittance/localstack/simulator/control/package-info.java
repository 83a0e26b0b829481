/** What Stripe does not have: the levers with which a person or a test makes things happen. */
@NullMarked
package dev.quittance.localstack.simulator.control;

import org.jspecify.annotations.NullMarked;
