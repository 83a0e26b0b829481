/** Tests of the package of the same name. */
@NullMarked
package dev.quittance.localstack.simulator.rest;

import org.jspecify.annotations.NullMarked;
