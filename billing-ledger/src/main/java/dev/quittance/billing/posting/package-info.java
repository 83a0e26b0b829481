/** The double-entry journal: accounts, entries that sum to zero, and the one statement that posts a batch. */
@NullMarked
package dev.quittance.billing.posting;

import org.jspecify.annotations.NullMarked;
