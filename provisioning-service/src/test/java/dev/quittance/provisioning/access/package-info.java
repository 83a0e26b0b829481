/** Who may see and do what in the database, asked of Postgres itself. */
@NullMarked
package dev.quittance.provisioning.access;

import org.jspecify.annotations.NullMarked;
