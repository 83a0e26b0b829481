/** One purchase in the words of Stripe, which stories tell once and benchmarks by the thousand. */
@NullMarked
package dev.quittance.endtoend.purchase;

import org.jspecify.annotations.NullMarked;
