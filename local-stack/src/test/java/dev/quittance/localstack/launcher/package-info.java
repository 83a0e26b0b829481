/** Tests of the launcher's commands. */
@NullMarked
package dev.quittance.localstack.launcher;

import org.jspecify.annotations.NullMarked;
