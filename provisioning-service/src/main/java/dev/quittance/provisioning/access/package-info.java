/** What a user may use, until when and why: derived from subscriptions, time and holds, and never stored as a switch. */
@NullMarked
package dev.quittance.provisioning.access;

import org.jspecify.annotations.NullMarked;
