/** The module's architecture. */
@NullMarked
package dev.quittance.telemetry;

import org.jspecify.annotations.NullMarked;
