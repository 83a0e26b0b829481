/** One Kafka node that is broker and controller, in a JVM of its own, so that its clients' version is nobody else's. */
@NullMarked
package dev.quittance.localstack.kafka;

import org.jspecify.annotations.NullMarked;
