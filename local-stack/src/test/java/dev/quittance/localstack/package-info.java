/** The rules of the house, for this module. */
@NullMarked
package dev.quittance.localstack;

import org.jspecify.annotations.NullMarked;
