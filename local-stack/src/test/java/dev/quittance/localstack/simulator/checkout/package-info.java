/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.localstack.simulator.checkout;

import org.jspecify.annotations.NullMarked;
