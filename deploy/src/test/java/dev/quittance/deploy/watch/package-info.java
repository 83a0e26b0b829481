/** What on-call engineers see: alerts, their runbooks, dashboards. */
@NullMarked
package dev.quittance.deploy.watch;

import org.jspecify.annotations.NullMarked;
