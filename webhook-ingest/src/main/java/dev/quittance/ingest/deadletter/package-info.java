/** Dead letters of every service: listed, looked into, replayed once what killed them is mended, or discarded with a reason. */
@NullMarked
package dev.quittance.ingest.deadletter;

import org.jspecify.annotations.NullMarked;
