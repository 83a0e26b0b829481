package dev.quittance.localstack.stack;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.process.Await;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Command;
import dev.quittance.localstack.process.Ports;
import dev.quittance.localstack.supervisor.Component;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One packaged service: how it is started, and where it answers. It keeps its ports when it is started again. */
final class ServiceProcess {
    private static final Duration READY_MAX = Duration.ofSeconds(180);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    private final Slice slice;
    private final StackOptions options;
    private final Path jar;
    private final Path log;
    private final Map<String, String> environment;
    private final int port = Ports.free();
    private final int managementPort = Ports.free();

    ServiceProcess(Slice slice, StackOptions options, Path jar, Path log, Map<String, String> environment) {
        this.slice = slice;
        this.options = options;
        this.jar = jar;
        this.log = log;
        this.environment = new HashMap<>(environment);
        this.environment.putAll(Map.of(
                "QUARKUS_HTTP_HOST",
                Ports.LOOPBACK,
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "QUARKUS_MANAGEMENT_HOST",
                Ports.LOOPBACK,
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(managementPort)));
        this.environment.putAll(options.serviceEnvironment());
    }

    /** The same service once more, on ports of its own. */
    ServiceProcess another() {
        return new ServiceProcess(slice, options, jar, log, environment);
    }

    URI url() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + port);
    }

    URI managementUrl() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + managementPort);
    }

    Component component(HttpClient http) {
        return new Component(
                slice.module(),
                Component.Role.SERVICE,
                this::command,
                process -> awaitReady(http, process),
                Process::destroy);
    }

    private Command command() {
        List<String> words = new ArrayList<>();
        words.add(Checkout.java());
        words.addAll(options.serviceJvmFlags());
        words.addAll(Checkout.openJdkFlags());
        Path classes = jar.resolveSibling("app.aot");
        if (Files.exists(classes)) {
            words.add("-XX:AOTCache=" + classes);
        }
        words.addAll(List.of("-jar", jar.toString()));
        return new Command(slice.module(), words, environment, options.state(), log);
    }

    private void awaitReady(HttpClient http, Process process) {
        HttpRequest request = HttpRequest.newBuilder(managementUrl().resolve("/q/health/ready"))
                .timeout(ANSWER_MAX)
                .build();
        Await.ready(slice.module(), process, READY_MAX, () -> isReady(http, request));
    }

    private boolean isReady(HttpClient http, HttpRequest request) {
        if (!Ports.accepts(managementPort)) {
            return false;
        }
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("interrupted", e);
        }
    }
}
