/** Tests of what operators decide. */
@NullMarked
package dev.quittance.billing.review;

import org.jspecify.annotations.NullMarked;
