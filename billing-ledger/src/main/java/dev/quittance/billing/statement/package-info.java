/** The books as people read them: a user's entries with their running balance, trial balances, balances as of any time. */
@NullMarked
package dev.quittance.billing.statement;

import org.jspecify.annotations.NullMarked;
