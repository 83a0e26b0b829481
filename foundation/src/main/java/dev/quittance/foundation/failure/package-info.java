/** What a failure means: whether it passes by itself, and what it is called where no message may be shown. */
@NullMarked
package dev.quittance.foundation.failure;

import org.jspecify.annotations.NullMarked;
