/** What an installation decides, and the sources of time and chance. */
@NullMarked
package dev.quittance.voucher.config;

import org.jspecify.annotations.NullMarked;
