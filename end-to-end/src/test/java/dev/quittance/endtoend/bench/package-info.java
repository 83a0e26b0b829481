/** Tests of the benchmark's own judgement: a ruler that is wrong measures nothing. */
@NullMarked
package dev.quittance.endtoend.bench;

import org.jspecify.annotations.NullMarked;
