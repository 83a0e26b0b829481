/** What a signed-in user sees happen: a snapshot, then every change of the own account, subscriptions, balances, orders and vouchers. */
@NullMarked
package dev.quittance.provisioning.realtime;

import org.jspecify.annotations.NullMarked;
