/** What surrounds the service in its tests: users who hold tokens, the upstream slices, the broker. */
@NullMarked
package dev.quittance.voucher.scene;

import org.jspecify.annotations.NullMarked;
