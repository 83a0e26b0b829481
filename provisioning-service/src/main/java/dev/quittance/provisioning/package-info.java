/** See the module README. */
@NullMarked
package dev.quittance.provisioning;

import org.jspecify.annotations.NullMarked;
