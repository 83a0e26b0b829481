/** Operators and their queue over HTTP. */
@NullMarked
package dev.quittance.provisioning.mismatch;

import org.jspecify.annotations.NullMarked;
