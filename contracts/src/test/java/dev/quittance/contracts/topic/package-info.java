/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.contracts.topic;

import org.jspecify.annotations.NullMarked;
