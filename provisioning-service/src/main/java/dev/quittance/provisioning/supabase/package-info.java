/** Users made by Supabase's Auth, where that is the identity backend, and the events that wait for them. */
@NullMarked
package dev.quittance.provisioning.supabase;

import org.jspecify.annotations.NullMarked;
