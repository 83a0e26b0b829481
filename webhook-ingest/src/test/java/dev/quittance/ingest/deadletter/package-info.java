/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.deadletter;

import org.jspecify.annotations.NullMarked;
