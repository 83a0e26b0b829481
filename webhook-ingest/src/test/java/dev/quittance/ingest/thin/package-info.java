/** Tests of thin events. */
@NullMarked
package dev.quittance.ingest.thin;

import org.jspecify.annotations.NullMarked;
