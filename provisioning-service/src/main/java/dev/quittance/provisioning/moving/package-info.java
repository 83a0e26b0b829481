/** What an application that moves in knows already, taken over page by page. */
@NullMarked
package dev.quittance.provisioning.moving;

import org.jspecify.annotations.NullMarked;
