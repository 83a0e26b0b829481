/** Tests of the endpoint check. */
@NullMarked
package dev.quittance.ingest.endpointcheck;

import org.jspecify.annotations.NullMarked;
