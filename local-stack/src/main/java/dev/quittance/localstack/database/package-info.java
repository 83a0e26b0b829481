/** What stands inside Postgres before a service starts: roles, schemas, and each slice's migrations, upstream first. */
@NullMarked
package dev.quittance.localstack.database;

import org.jspecify.annotations.NullMarked;
