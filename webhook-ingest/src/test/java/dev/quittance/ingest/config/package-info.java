/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.ingest.config;

import org.jspecify.annotations.NullMarked;
