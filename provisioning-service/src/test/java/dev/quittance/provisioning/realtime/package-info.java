/** Streams as their readers see them. */
@NullMarked
package dev.quittance.provisioning.realtime;

import org.jspecify.annotations.NullMarked;
