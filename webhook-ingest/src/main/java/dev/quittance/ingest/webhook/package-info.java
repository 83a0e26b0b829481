/** One delivery of Stripe's: is it really theirs, what is it, and what to answer. The decisions are pure; the resource joins them. */
@NullMarked
package dev.quittance.ingest.webhook;

import org.jspecify.annotations.NullMarked;
