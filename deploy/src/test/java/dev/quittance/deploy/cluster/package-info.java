/** What others' operators read: k8s/. */
@NullMarked
package dev.quittance.deploy.cluster;

import org.jspecify.annotations.NullMarked;
