/** What a user has and owes in one unit: what is taken beyond what is there becomes a debt, and what is given settles the debt first. */
@NullMarked
package dev.quittance.billing.wallet;

import org.jspecify.annotations.NullMarked;
