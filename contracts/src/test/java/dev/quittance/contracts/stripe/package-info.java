/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.contracts.stripe;

import org.jspecify.annotations.NullMarked;
