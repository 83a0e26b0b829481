/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.storing;

import org.jspecify.annotations.NullMarked;
