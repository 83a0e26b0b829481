@NullMarked
package dev.quittance.billing.refunding;

import org.jspecify.annotations.NullMarked;
