/** What Stripe had before us, brought into an empty system: its lists, page by page, as it stands and without any effect. */
@NullMarked
package dev.quittance.ingest.backfill;

import org.jspecify.annotations.NullMarked;
