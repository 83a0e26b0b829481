/** Refusals over HTTP: RFC 9457 documents with a stable code. */
@NullMarked
package dev.quittance.voucher.problem;

import org.jspecify.annotations.NullMarked;
