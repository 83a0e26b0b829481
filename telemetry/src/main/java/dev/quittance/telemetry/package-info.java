/** What a service tells of its work, the same way in every service. */
@NullMarked
package dev.quittance.telemetry;

import org.jspecify.annotations.NullMarked;
