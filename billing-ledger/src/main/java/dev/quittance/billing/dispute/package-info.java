/** Disputes and inquiries with what they do to our balance, and what that books; warnings and reviews beside them. */
@NullMarked
package dev.quittance.billing.dispute;

import org.jspecify.annotations.NullMarked;
