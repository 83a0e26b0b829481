/** Tests. */
@NullMarked
package dev.quittance.localstack.stack;

import org.jspecify.annotations.NullMarked;
