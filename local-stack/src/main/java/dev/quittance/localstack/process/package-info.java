/** Child processes of this machine: starting, waiting, killing, and finding those that a killed parent left behind. */
@NullMarked
package dev.quittance.localstack.process;

import org.jspecify.annotations.NullMarked;
