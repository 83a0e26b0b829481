@NullMarked
package dev.quittance.billing.payment;

import org.jspecify.annotations.NullMarked;
