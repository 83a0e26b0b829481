/** Tests. */
@NullMarked
package dev.quittance.localstack.identity;

import org.jspecify.annotations.NullMarked;
