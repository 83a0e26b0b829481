/** What tests of several features set up. */
@NullMarked
package dev.quittance.ingest.scene;

import org.jspecify.annotations.NullMarked;
