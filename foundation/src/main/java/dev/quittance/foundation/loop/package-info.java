/** The one way in which work is done again and again: turn after turn, woken early, slower while it fails, until it is stopped. */
@NullMarked
package dev.quittance.foundation.loop;

import org.jspecify.annotations.NullMarked;
