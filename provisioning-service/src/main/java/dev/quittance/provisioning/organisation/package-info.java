/** Organisations that may own a customer link beside the user who answers for it, kept by operators. */
@NullMarked
package dev.quittance.provisioning.organisation;

import org.jspecify.annotations.NullMarked;
