/** The doors that events come in by: what is read in them, and the one transaction that applies a batch. */
@NullMarked
package dev.quittance.provisioning.inbox;

import org.jspecify.annotations.NullMarked;
