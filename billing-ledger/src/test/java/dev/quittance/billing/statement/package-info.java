@NullMarked
package dev.quittance.billing.statement;

import org.jspecify.annotations.NullMarked;
