/** What is given to the features from outside: time and chance. */
@NullMarked
package dev.quittance.provisioning.config;

import org.jspecify.annotations.NullMarked;
