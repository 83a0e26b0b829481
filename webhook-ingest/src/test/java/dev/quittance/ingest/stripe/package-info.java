/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.stripe;

import org.jspecify.annotations.NullMarked;
