package dev.quittance.localstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Command;
import dev.quittance.localstack.process.Liveness;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launcher that is killed can tidy up nothing itself. */
class KilledLauncherIT {
    private static final Duration READY_WITHIN = Duration.ofSeconds(180);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aKilledLauncherLeavesNoProcessBehind() {
        // Given
        StateFolder state = new StateFolder(folder);
        Process launcher = launch();
        try {
            await("the stack")
                    .atMost(READY_WITHIN)
                    .until(() -> state.environment().isPresent());
            Map<String, ProcessHandle> running = state.processes().all();

            // When
            launcher.destroyForcibly();

            // Then
            assertThat(running).containsOnlyKeys("kafka", "launcher", "postgres", "redis");
            await("the end of all")
                    .atMost(GONE_WITHIN)
                    .untilAsserted(() -> assertThat(running.values()).noneMatch(Liveness::runs));
        } finally {
            launcher.destroyForcibly();
            state.processes().killAll();
        }
    }

    private Process launch() {
        Checkout checkout = Checkout.find();
        List<String> words = new ArrayList<>(checkout.java(128));
        String tests =
                checkout.root().resolve("local-stack/target/test-classes").toString();
        words.addAll(List.of("-cp", tests + File.pathSeparator + checkout.localStackClassPath()));
        words.addAll(List.of(KilledLauncher.class.getName(), folder.toString()));
        return new Command("launcher", words, Map.of(), folder, folder.resolve("launcher.log")).start();
    }
}
