/**
 * The one door of the local stack: it sends each path to the service that owns it and hands bodies through as they stream. In a cluster an
 * Ingress does this; paths that an Ingress and a service might read differently are refused here before they are routed.
 */
@NullMarked
package dev.quittance.localstack.gateway;

import org.jspecify.annotations.NullMarked;
