/** See the module README. */
@NullMarked
package dev.quittance.messaging;

import org.jspecify.annotations.NullMarked;
