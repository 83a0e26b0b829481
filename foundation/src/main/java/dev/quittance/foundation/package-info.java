/** What every service does in the same way, and what is no service's own: it knows nothing of events, tables or money. */
@NullMarked
package dev.quittance.foundation;

import org.jspecify.annotations.NullMarked;
