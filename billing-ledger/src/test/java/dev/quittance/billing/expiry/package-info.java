@NullMarked
package dev.quittance.billing.expiry;

import org.jspecify.annotations.NullMarked;
