/** Whether Stripe tells us of everything: its endpoint compared with what this build needs. What Stripe does not send, nobody misses. */
@NullMarked
package dev.quittance.ingest.endpointcheck;

import org.jspecify.annotations.NullMarked;
