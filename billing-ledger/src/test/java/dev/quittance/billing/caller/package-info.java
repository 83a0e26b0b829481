@NullMarked
package dev.quittance.billing.caller;

import org.jspecify.annotations.NullMarked;
