/** Proves that what all other tests stand on is what it says. */
@NullMarked
package dev.quittance.localstack.testparts;

import org.jspecify.annotations.NullMarked;
