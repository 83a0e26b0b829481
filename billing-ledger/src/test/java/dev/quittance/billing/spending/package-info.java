@NullMarked
package dev.quittance.billing.spending;

import org.jspecify.annotations.NullMarked;
