/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.localstack.simulator.webhook;

import org.jspecify.annotations.NullMarked;
