@NullMarked
package dev.quittance.billing.seal;

import org.jspecify.annotations.NullMarked;
