/** Moving in, and out again. */
@NullMarked
package dev.quittance.provisioning.moving;

import org.jspecify.annotations.NullMarked;
