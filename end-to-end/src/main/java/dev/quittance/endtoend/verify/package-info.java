/**
 * The independent verifier: reads the tables with SQL of its own, shares no code with the services, and says for each invariant of
 * the product whether it holds and what breaks it.
 */
@NullMarked
package dev.quittance.endtoend.verify;

import org.jspecify.annotations.NullMarked;
