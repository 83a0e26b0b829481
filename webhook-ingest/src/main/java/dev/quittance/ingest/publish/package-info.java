/** A verified event becomes one record, and the broker's acknowledgement becomes an answer in time, or a refusal. */
@NullMarked
package dev.quittance.ingest.publish;

import org.jspecify.annotations.NullMarked;
