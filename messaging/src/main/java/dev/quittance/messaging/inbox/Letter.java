package dev.quittance.messaging.inbox;

import dev.quittance.telemetry.trace.Span;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record, read.
 *
 * @param span ends when its effects are committed
 */
record Letter<F>(ConsumerRecord<String, byte[]> record, Incoming incoming, Reading<F> reading, Span span) {}
