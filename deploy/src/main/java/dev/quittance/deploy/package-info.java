/** What the cluster runs once beside the services: migrations before them, and probes after them. */
@NullMarked
package dev.quittance.deploy;

import org.jspecify.annotations.NullMarked;
