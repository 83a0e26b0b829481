@NullMarked
package dev.quittance.billing.reversal;

import org.jspecify.annotations.NullMarked;
