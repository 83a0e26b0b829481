/** Tests of the feature. */
@NullMarked
package dev.quittance.telemetry.log;

import org.jspecify.annotations.NullMarked;
