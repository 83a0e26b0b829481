@NullMarked
package dev.quittance.billing.fact;

import org.jspecify.annotations.NullMarked;
