/** What the packaged services promise together, each story under the number of its guarantee in docs/guarantees.md. */
@NullMarked
package dev.quittance.endtoend.story;

import org.jspecify.annotations.NullMarked;
