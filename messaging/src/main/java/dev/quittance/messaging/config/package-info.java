/** What a service says about itself to the delivery code. */
@NullMarked
package dev.quittance.messaging.config;

import org.jspecify.annotations.NullMarked;
