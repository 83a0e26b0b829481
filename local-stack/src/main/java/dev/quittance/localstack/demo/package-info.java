/**
 * One purchase end to end against the running stack, told step by step, failing when an effect is missing. It looks from outside: at the
 * simulator's API, at the gateway, and at the tables.
 */
@NullMarked
package dev.quittance.localstack.demo;

import org.jspecify.annotations.NullMarked;
