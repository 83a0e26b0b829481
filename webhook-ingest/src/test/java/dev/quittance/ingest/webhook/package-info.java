/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.webhook;

import org.jspecify.annotations.NullMarked;
