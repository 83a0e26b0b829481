package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image and the chart that runs it agree on who it is and where it is. */
class ImagesTest {
    private static final Pattern USER = Pattern.compile("(?m)^USER (\\d+):(\\d+)$");
    private static final Pattern MAIN = Pattern.compile("\"(dev\\.quittance\\.[A-Za-z.]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"service", "migrations"})
    void anImageIsNobodysAndSaysWhatItIs(String image) {
        // Given
        String file = Chart.text("deploy/docker/" + image + ".Dockerfile");
        Matcher user = USER.matcher(file);

        // Then
        assertThat(user.find()).isTrue();
        assertThat(Pods.of("production").values()).allSatisfy(pod -> {
            assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(Long.parseLong(user.group(1)));
            assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(Long.parseLong(user.group(2)));
        });
        for (String label : List.of("title", "version", "revision", "licenses", "description")) {
            assertThat(file).contains("org.opencontainers.image." + label + "=");
        }
        assertThat(file).containsPattern("(?m)^ENTRYPOINT \\[").doesNotContain("apt-get");
    }

    @Test
    void theMigratorsMainClassIsThere() throws ReflectiveOperationException {
        // Given
        Matcher main = MAIN.matcher(Chart.text("deploy/docker/migrations.Dockerfile"));
        assertThat(main.find()).isTrue();

        // When
        Class<?> found = Class.forName(main.group(1));

        // Then
        assertThat(found.getMethod("main", String[].class).getReturnType()).isEqualTo(void.class);
    }

    @Test
    void onlyWhatIsCopiedIsSent() {
        assertThat(Chart.ROOT.resolve(".dockerignore")).exists();
        assertThat(Chart.text(".dockerignore").lines().toList())
                .containsExactly("*", "!*/target/quarkus-app", "!deploy/target/lib", "!deploy/target/classes");
        assertThat(Chart.SERVICES).allMatch(service -> Files.isDirectory(Chart.ROOT.resolve(service + "/src/main")));
    }
}
