/** Tests of the module as a whole. */
@NullMarked
package dev.quittance.contracts;

import org.jspecify.annotations.NullMarked;
