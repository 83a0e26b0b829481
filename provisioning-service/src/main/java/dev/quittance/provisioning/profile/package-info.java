/** What a user is called and seen as, as far as the user says so. */
@NullMarked
package dev.quittance.provisioning.profile;

import org.jspecify.annotations.NullMarked;
