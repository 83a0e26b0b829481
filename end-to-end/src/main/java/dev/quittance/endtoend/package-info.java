/** See the module README. */
@NullMarked
package dev.quittance.endtoend;

import org.jspecify.annotations.NullMarked;
