/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.replay;

import org.jspecify.annotations.NullMarked;
