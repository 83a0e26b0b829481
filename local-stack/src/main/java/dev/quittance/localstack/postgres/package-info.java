/** PostgreSQL from a jar: unpacked once, initialised once, durable as in production. */
@NullMarked
package dev.quittance.localstack.postgres;

import org.jspecify.annotations.NullMarked;
