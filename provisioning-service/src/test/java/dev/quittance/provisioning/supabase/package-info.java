/** Supabase's Auth as a double with a memory. */
@NullMarked
package dev.quittance.provisioning.supabase;

import org.jspecify.annotations.NullMarked;
