/** Who may call: signs the tokens of this stack with a key of its own, as Supabase does for its users. */
@NullMarked
package dev.quittance.localstack.identity;

import org.jspecify.annotations.NullMarked;
