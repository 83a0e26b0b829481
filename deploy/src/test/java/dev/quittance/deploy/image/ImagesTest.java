package dev.quittance.deploy.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that no daemon made is the same as one that a daemon did: whose it is, what it says of itself, what it runs. */
class ImagesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DOCKERFILE = "deploy/docker/service.Dockerfile";

    @TempDir
    private Path root;

    @BeforeEach
    void build() throws IOException {
        for (String service : Image.SERVICES) {
            Path app = root.resolve(service).resolve("target/quarkus-app");
            write(app.resolve("quarkus-run.jar"), "run");
            write(app.resolve("app.aot"), "of another JDK");
            write(app.resolve("app/" + service + ".jar"), "ours");
            write(app.resolve("lib/main/theirs.jar"), "theirs");
        }
        write(root.resolve("deploy/target/lib/flyway.jar"), "theirs");
        write(root.resolve("deploy/target/classes/db/roles.sql"), "-- ours");
    }

    @Test
    void everyImageIsNobodysAndSaysWhatItIs() throws Exception {
        // When
        int result = Images.run(root, List.of("--from=scratch", "--version=1.2.3", "--revision=abc"));

        // Then
        assertThat(result).isZero();
        for (String name :
                List.of("webhook-ingest", "provisioning-service", "billing-ledger", "voucher-service", "migrations")) {
            Tar image = Tar.read(root.resolve("deploy/target/images/" + name + ".tar"));
            assertThat(image.tags()).contains(name + ":1.2.3");
            JsonNode config = image.config().path("config");
            assertThat(Files.readString(repository().resolve(DOCKERFILE)))
                    .contains("USER " + config.path("User").asText());
            assertThat(config.path("WorkingDir").asText()).isEqualTo("/app");
            assertThat(config.path("Labels")
                            .path("org.opencontainers.image.title")
                            .asText())
                    .isEqualTo(name);
            assertThat(config.path("Labels")
                            .path("org.opencontainers.image.version")
                            .asText())
                    .isEqualTo("1.2.3");
            assertThat(config.path("Labels")
                            .path("org.opencontainers.image.revision")
                            .asText())
                    .isEqualTo("abc");
            assertThat(config.path("Labels")).hasSize(5);
        }
    }

    @Test
    void aServicesLibrariesLieUnderWhatChangesWithEachRelease() throws Exception {
        // When
        Images.run(root, List.of("--from=scratch"));

        // Then
        Tar image = Tar.read(root.resolve("deploy/target/images/billing-ledger.tar"));
        assertThat(image.layers()).hasSize(2);
        assertThat(image.layers().getFirst())
                .contains("app/lib/main/theirs.jar")
                .noneMatch(file -> file.contains("ours"));
        assertThat(image.layers().getLast())
                .contains("app/quarkus-run.jar", "app/app/billing-ledger.jar")
                .noneMatch(file -> file.endsWith(".aot"));
        JsonNode config = image.config().path("config");
        assertThat(config.path("Entrypoint"))
                .extracting(JsonNode::asText)
                .startsWith("java")
                .endsWith("-jar", "/app/quarkus-run.jar");
        assertThat(config.path("ExposedPorts").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("8080/tcp", "9000/tcp");
    }

    @Test
    void aBaseMayBeATar() throws Exception {
        // Given
        Images.run(root, List.of("--from=scratch", "--to=" + root.resolve("bases")));
        Path base = root.resolve("bases/migrations.tar");

        // When
        int result = Images.run(root, List.of("--from=tar://" + base));

        // Then
        assertThat(result).isZero();
        Tar image = Tar.read(root.resolve("deploy/target/images/voucher-service.tar"));
        assertThat(image.layers()).hasSize(4);
        assertThat(image.layers().getFirst()).contains("app/lib/flyway.jar");
        assertThat(image.config()
                        .path("config")
                        .path("Labels")
                        .path("org.opencontainers.image.title")
                        .asText())
                .isEqualTo("voucher-service");
    }

    @Test
    void whatIsNotBuiltIsNamed() throws Exception {
        assertThat(Images.run(root.resolve("elsewhere"), List.of("--from=scratch")))
                .isEqualTo(1);
        assertThat(Images.run(root, List.of("--form=scratch"))).isEqualTo(2);
    }

    private static Path repository() {
        return Path.of(System.getProperty("quittance.root", ".."));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /**
     * An image in its tar.
     *
     * @param layers the files of each, the lowest first
     */
    private record Tar(List<String> tags, JsonNode config, List<List<String>> layers) {
        static Tar read(Path tar) throws IOException {
            Map<String, byte[]> files = new HashMap<>();
            try (InputStream in = Files.newInputStream(tar)) {
                each(in, (name, stream) -> files.put(name, stream.readAllBytes()));
            }
            JsonNode manifest = JSON.readTree(file(files, "manifest.json")).path(0);
            List<String> tags = new ArrayList<>();
            manifest.path("RepoTags").forEach(tag -> tags.add(tag.asText()));
            List<List<String>> layers = new ArrayList<>();
            for (JsonNode layer : manifest.path("Layers")) {
                List<String> names = new ArrayList<>();
                try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file(files, layer.asText())))) {
                    each(in, (name, _) -> names.add(name));
                }
                layers.add(names);
            }
            String config = new String(file(files, manifest.path("Config").asText()), UTF_8);
            return new Tar(tags, JSON.readTree(config), layers);
        }

        private static byte[] file(Map<String, byte[]> files, String name) {
            return files.getOrDefault(name, new byte[0]);
        }

        private static void each(InputStream in, Visit visit) throws IOException {
            try (TarArchiveInputStream entries = new TarArchiveInputStream(in)) {
                ArchiveEntry entry = entries.getNextEntry();
                while (entry != null) {
                    if (!entry.isDirectory()) {
                        visit.of(entry.getName(), entries);
                    }
                    entry = entries.getNextEntry();
                }
            }
        }

        private interface Visit {
            void of(String name, InputStream content) throws IOException;
        }
    }
}
