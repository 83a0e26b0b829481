/**
 * Invoices: drafted, finalized, collected, retried, voided. What an invoice is for, and what its outcome means, its owner knows, which is
 * the subscription.
 */
@NullMarked
package dev.quittance.localstack.simulator.invoice;

import org.jspecify.annotations.NullMarked;
