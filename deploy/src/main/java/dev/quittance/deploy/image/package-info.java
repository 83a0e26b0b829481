/** Images without a daemon: a layer for each kind of file upon a base image, written to a tar by Jib. */
@NullMarked
package dev.quittance.deploy.image;

import org.jspecify.annotations.NullMarked;
