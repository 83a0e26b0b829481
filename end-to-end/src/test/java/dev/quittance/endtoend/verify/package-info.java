/** The verifier against databases in which something was broken on purpose. */
@NullMarked
package dev.quittance.endtoend.verify;

import org.jspecify.annotations.NullMarked;
