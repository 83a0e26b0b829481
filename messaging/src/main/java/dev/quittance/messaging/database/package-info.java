/** How the services connect to Postgres. */
@NullMarked
package dev.quittance.messaging.database;

import org.jspecify.annotations.NullMarked;
