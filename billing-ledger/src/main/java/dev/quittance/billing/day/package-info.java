/** Days as a unit of the books: what vouchers were sold, used up, taken back and given back comes to nothing in the end. */
@NullMarked
package dev.quittance.billing.day;

import org.jspecify.annotations.NullMarked;
