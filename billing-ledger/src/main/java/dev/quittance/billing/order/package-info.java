/** Orders: what was bought, the state that follows from what is stored, the stock that they hold, and what they still owe the buyer. */
@NullMarked
package dev.quittance.billing.order;

import org.jspecify.annotations.NullMarked;
