@NullMarked
package dev.quittance.billing.reconciliation;

import org.jspecify.annotations.NullMarked;
