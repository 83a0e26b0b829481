/** Identities that the rules could not decide: the operator's queue, and the mail by which a buyer proves a mailbox. */
@NullMarked
package dev.quittance.provisioning.mismatch;

import org.jspecify.annotations.NullMarked;
