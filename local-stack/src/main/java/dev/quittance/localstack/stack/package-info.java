/** The whole product on one machine: the embedded parts, the migrations, the topics, the simulator, the gateway and the four services, in the order they need each other. */
@NullMarked
package dev.quittance.localstack.stack;

import org.jspecify.annotations.NullMarked;
