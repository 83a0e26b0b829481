/** Whom checkout sessions belong to, as provisioning told. */
@NullMarked
package dev.quittance.billing.identity;

import org.jspecify.annotations.NullMarked;
