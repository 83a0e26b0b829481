@NullMarked
package dev.quittance.billing.settlement;

import org.jspecify.annotations.NullMarked;
