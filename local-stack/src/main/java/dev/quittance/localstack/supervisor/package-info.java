/** Keeps processes running: starts what died again, as Kubernetes would, and gives up when it is of no use. */
@NullMarked
package dev.quittance.localstack.supervisor;

import org.jspecify.annotations.NullMarked;
