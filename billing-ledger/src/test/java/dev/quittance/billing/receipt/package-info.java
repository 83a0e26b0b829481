@NullMarked
package dev.quittance.billing.receipt;

import org.jspecify.annotations.NullMarked;
