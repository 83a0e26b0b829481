/** The doors through which events come in, and the one transaction of a batch. */
@NullMarked
package dev.quittance.billing.inbox;

import org.jspecify.annotations.NullMarked;
