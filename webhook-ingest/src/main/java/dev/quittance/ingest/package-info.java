/** The door of Quittance. See the module README. */
@NullMarked
package dev.quittance.ingest;

import org.jspecify.annotations.NullMarked;
