/** What provisioning-service tells the others. */
@NullMarked
package dev.quittance.contracts.provisioning;

import org.jspecify.annotations.NullMarked;
