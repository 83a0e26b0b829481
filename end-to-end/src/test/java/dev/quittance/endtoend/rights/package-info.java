/** Least privilege at the broker, with the very files that a cluster is told. */
@NullMarked
package dev.quittance.endtoend.rights;

import org.jspecify.annotations.NullMarked;
