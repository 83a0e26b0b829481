/** What operators decide on orders: a held one goes out or goes back, one that was paid with points is given back. */
@NullMarked
package dev.quittance.billing.review;

import org.jspecify.annotations.NullMarked;
