/**
 * Traces: which work led to which, from the POST to the last effect. Spans of our own, sent as OTLP; W3C trace context is what
 * connects them. Off unless an installation says where to send them.
 */
@NullMarked
package dev.quittance.telemetry.trace;

import org.jspecify.annotations.NullMarked;
