/** What the service is told from outside, and what it refuses to start with. */
@NullMarked
package dev.quittance.ingest.config;

import org.jspecify.annotations.NullMarked;
