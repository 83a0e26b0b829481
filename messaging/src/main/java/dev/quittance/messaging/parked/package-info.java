/** Events set aside until what they wait for arrives. */
@NullMarked
package dev.quittance.messaging.parked;

import org.jspecify.annotations.NullMarked;
