@NullMarked
package dev.quittance.billing.posting;

import org.jspecify.annotations.NullMarked;
