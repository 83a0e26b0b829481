/** The topics and their headers. */
@NullMarked
package dev.quittance.contracts.topic;

import org.jspecify.annotations.NullMarked;
