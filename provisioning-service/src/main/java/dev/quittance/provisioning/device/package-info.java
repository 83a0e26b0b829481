/** The devices that a user lets use the account, as many as it allows. */
@NullMarked
package dev.quittance.provisioning.device;

import org.jspecify.annotations.NullMarked;
