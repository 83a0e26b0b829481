@NullMarked
package dev.quittance.billing;

import org.jspecify.annotations.NullMarked;
