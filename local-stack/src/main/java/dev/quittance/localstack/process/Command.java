package dev.quittance.localstack.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to run, so that starting it again after a crash needs nothing but this.
 *
 * @param name what people call the component
 * @param words the program and its arguments
 * @param environment added to this process's environment
 * @param directory where it runs
 * @param log where its output is appended
 */
public record Command(String name, List<String> words, Map<String, String> environment, Path directory, Path log) {
    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    public Process start() {
        try {
            Files.createDirectories(directory);
            Files.createDirectories(log.toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }
}
