/** Who asks. */
@NullMarked
package dev.quittance.ingest.caller;

import org.jspecify.annotations.NullMarked;
