/** Whose a purchase is: resolves sessions and customers to users, and never lets a typed e-mail take somebody's account. */
@NullMarked
package dev.quittance.provisioning.identity;

import org.jspecify.annotations.NullMarked;
