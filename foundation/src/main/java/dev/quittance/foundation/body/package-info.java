/** Bodies: how large one may be, and what an endpoint says of the one that it takes, since no framework sees that where they are read by hand. */
@NullMarked
package dev.quittance.foundation.body;

import org.jspecify.annotations.NullMarked;
