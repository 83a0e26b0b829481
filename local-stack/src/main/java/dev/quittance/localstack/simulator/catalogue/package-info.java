/** Products and prices. */
@NullMarked
package dev.quittance.localstack.simulator.catalogue;

import org.jspecify.annotations.NullMarked;
