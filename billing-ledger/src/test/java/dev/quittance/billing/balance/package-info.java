@NullMarked
package dev.quittance.billing.balance;

import org.jspecify.annotations.NullMarked;
