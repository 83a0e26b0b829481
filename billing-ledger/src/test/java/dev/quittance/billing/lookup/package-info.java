@NullMarked
package dev.quittance.billing.lookup;

import org.jspecify.annotations.NullMarked;
