/** How requests are refused: RFC 9457 problems with stable codes, whatever refused them. */
@NullMarked
package dev.quittance.provisioning.http;

import org.jspecify.annotations.NullMarked;
