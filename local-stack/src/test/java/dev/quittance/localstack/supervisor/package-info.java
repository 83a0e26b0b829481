/** Tests. */
@NullMarked
package dev.quittance.localstack.supervisor;

import org.jspecify.annotations.NullMarked;
