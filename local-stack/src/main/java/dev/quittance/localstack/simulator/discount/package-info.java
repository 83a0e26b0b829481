/** Coupons and what they take off, tax rates and what they add. */
@NullMarked
package dev.quittance.localstack.simulator.discount;

import org.jspecify.annotations.NullMarked;
