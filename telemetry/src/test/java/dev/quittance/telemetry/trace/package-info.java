/** Tests of the feature. */
@NullMarked
package dev.quittance.telemetry.trace;

import org.jspecify.annotations.NullMarked;
