/** Asks a service, as {@code helm test} does after an installation. */
@NullMarked
package dev.quittance.deploy.probe;

import org.jspecify.annotations.NullMarked;
