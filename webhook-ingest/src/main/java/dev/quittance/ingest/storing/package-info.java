/** How a poll of records is stored: what is down is waited for, and the one record that can never be stored is laid aside. */
@NullMarked
package dev.quittance.ingest.storing;

import org.jspecify.annotations.NullMarked;
