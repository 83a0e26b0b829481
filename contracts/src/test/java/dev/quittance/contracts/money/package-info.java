/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.contracts.money;

import org.jspecify.annotations.NullMarked;
