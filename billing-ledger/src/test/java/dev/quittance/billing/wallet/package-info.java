@NullMarked
package dev.quittance.billing.wallet;

import org.jspecify.annotations.NullMarked;
