/** What an order still owes its buyer once it is paid: links to what is digital, tracking of what travels, and letters. */
@NullMarked
package dev.quittance.billing.fulfilment;

import org.jspecify.annotations.NullMarked;
