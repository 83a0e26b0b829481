package dev.quittance.localstack.supervisor;

import dev.quittance.localstack.process.Command;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A process that the stack needs.
 *
 * @param name what people call it
 * @param role decides when it ends
 * @param command made anew for each start
 * @param awaitReady returns when it serves; throws when it will not
 * @param stop asks it to end in its own way
 */
public record Component(
        String name, Role role, Supplier<Command> command, Consumer<Process> awaitReady, Consumer<Process> stop) {
    /** Services end before the parts that they write to. */
    public enum Role {
        SERVICE,
        PART
    }
}
