/** What a user may use and until when: the account, its number, and the vouchers that move its expiry. */
@NullMarked
package dev.quittance.provisioning.account;

import org.jspecify.annotations.NullMarked;
