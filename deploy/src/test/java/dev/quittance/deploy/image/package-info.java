/** Tests of the feature. */
@NullMarked
package dev.quittance.deploy.image;

import org.jspecify.annotations.NullMarked;
