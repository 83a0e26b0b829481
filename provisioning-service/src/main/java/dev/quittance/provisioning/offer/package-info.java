/** What a user may choose and what a user has, as asked for over HTTP: plans and subscriptions, read only. */
@NullMarked
package dev.quittance.provisioning.offer;

import org.jspecify.annotations.NullMarked;
