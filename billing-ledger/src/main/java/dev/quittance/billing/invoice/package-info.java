/** Invoices with their lines, credit notes, and which payments paid them: mirror rows, and what they book. */
@NullMarked
package dev.quittance.billing.invoice;

import org.jspecify.annotations.NullMarked;
