/** Redis from a jar. */
@NullMarked
package dev.quittance.localstack.redis;

import org.jspecify.annotations.NullMarked;
