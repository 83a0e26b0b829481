/** The objects of Kubernetes and its operators, with every field that they may have. */
@NullMarked
package dev.quittance.deploy.model;

import org.jspecify.annotations.NullMarked;
