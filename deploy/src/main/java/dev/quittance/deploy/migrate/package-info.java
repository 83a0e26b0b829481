/** Brings a database to what this release needs: roles and schemas first, then each slice's migrations as its owner. */
@NullMarked
package dev.quittance.deploy.migrate;

import org.jspecify.annotations.NullMarked;
