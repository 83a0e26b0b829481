/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.publish;

import org.jspecify.annotations.NullMarked;
