/** Spending points and credits: decided in Postgres under the floor of the user's account, once for each key. */
@NullMarked
package dev.quittance.billing.spending;

import org.jspecify.annotations.NullMarked;
