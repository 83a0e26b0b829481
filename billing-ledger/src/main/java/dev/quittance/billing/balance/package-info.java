/** What a signed-in user has. */
@NullMarked
package dev.quittance.billing.balance;

import org.jspecify.annotations.NullMarked;
