/** What holds for the whole repository: its documents say what the code does, and its modules know only whom they may. */
@NullMarked
package dev.quittance.endtoend.repository;

import org.jspecify.annotations.NullMarked;
