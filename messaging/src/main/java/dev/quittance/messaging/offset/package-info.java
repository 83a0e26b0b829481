/** How far each partition is applied, and telling the broker so. */
@NullMarked
package dev.quittance.messaging.offset;

import org.jspecify.annotations.NullMarked;
