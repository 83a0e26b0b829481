package dev.quittance.deploy.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.quittance.deploy.model.Manifests;
import dev.quittance.deploy.model.Manifests.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Our chart, and what it becomes with each scenario's values. */
final class Chart {
    static final List<String> SCENARIOS = List.of("minimal", "production", "supabase", "external-kafka");
    static final List<String> SERVICES =
            List.of("webhook-ingest", "provisioning-service", "billing-ledger", "voucher-service");
    static final String PREFIX = "shop-quittance-";
    static final Path ROOT = root();
    static final Path FOLDER = ROOT.resolve("deploy/helm/quittance");
    private static final String OLDEST_KUBERNETES = "1.30.0";
    /** Helm's library leaves hooks out of what it renders: in the copy that is rendered they are none. */
    private static final String HOOK = "helm.sh/hook";

    private static final String NO_HOOK = "shown.helm.sh/hook";
    private static final Helm SHOWN = new Helm(copy());
    private static final Map<String, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

    private Chart() {}

    static Helm helm() {
        return new Helm(FOLDER);
    }

    /** All objects of a scenario. */
    static List<Manifest> rendered(String scenario) {
        return RENDERED.computeIfAbsent(scenario, name -> Manifests.read(render(name, _ -> {})));
    }

    static <T> List<T> objects(String scenario, Class<T> type) {
        return rendered(scenario).stream()
                .map(Manifest::typed)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    static String render(String scenario, Consumer<TemplateCommand> more) {
        TemplateCommand command = SHOWN.template()
                .withName("shop")
                .withNamespace("pay")
                .withKubeVersion(OLDEST_KUBERNETES)
                .withValuesFile(FOLDER.resolve("ci/" + scenario + "-values.yaml"));
        more.accept(command);
        return command.call().replace(NO_HOOK, HOOK);
    }

    private static Path copy() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            Path copy = Files.createTempDirectory("chart").resolve("quittance");
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(FOLDER.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replace(HOOK, NO_HOOK));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        String given = System.getProperty("quittance.root");
        return given == null ? Path.of("").toAbsolutePath().resolveSibling("") : Path.of(given);
    }
}
