@NullMarked
package dev.quittance.provisioning.organisation;

import org.jspecify.annotations.NullMarked;
