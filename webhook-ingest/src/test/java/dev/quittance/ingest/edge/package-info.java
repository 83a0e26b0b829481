/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.edge;

import org.jspecify.annotations.NullMarked;
