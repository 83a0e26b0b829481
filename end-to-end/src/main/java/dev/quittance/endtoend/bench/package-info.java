/**
 * The benchmark: the packaged billing service draining a topic, beside pgbench running the very statements that the service
 * ran, on the same Postgres. Ratios of one interleaved run, never a lone number.
 */
@NullMarked
package dev.quittance.endtoend.bench;

import org.jspecify.annotations.NullMarked;
