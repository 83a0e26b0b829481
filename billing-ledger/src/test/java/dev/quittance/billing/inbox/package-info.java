@NullMarked
package dev.quittance.billing.inbox;

import org.jspecify.annotations.NullMarked;
