/** What the services tell each other, and how it is written. */
@NullMarked
package dev.quittance.contracts.event;

import org.jspecify.annotations.NullMarked;
