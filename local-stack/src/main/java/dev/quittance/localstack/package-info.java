/** See the module README. */
@NullMarked
package dev.quittance.localstack;

import org.jspecify.annotations.NullMarked;
