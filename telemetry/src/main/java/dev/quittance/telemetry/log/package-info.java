/** Lines of log: people's where people read along, JSON in a container, and the same closed list of keys in both. */
@NullMarked
package dev.quittance.telemetry.log;

import org.jspecify.annotations.NullMarked;
