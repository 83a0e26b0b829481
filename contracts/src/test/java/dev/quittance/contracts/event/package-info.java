/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.contracts.event;

import org.jspecify.annotations.NullMarked;
