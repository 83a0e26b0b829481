/** Customers, and the buyer on the hosted page. */
@NullMarked
package dev.quittance.localstack.simulator.customer;

import org.jspecify.annotations.NullMarked;
