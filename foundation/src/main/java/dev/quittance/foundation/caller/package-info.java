/** Who asks: how a token is verified before anybody believes it. */
@NullMarked
package dev.quittance.foundation.caller;

import org.jspecify.annotations.NullMarked;
