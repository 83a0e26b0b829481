/** What an endpoint says of the body that it takes: bodies are read by hand, and no framework sees from that what is in them. */
@NullMarked
package dev.quittance.foundation.body;

import org.jspecify.annotations.NullMarked;
