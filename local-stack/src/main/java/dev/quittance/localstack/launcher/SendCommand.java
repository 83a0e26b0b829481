package dev.quittance.localstack.launcher;

import dev.quittance.localstack.simulator.webhook.WebhookSignature;
import dev.quittance.localstack.stack.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Posts events as Stripe would: signed, in order, one after the other. */
@Command(name = "send", description = "Sign event files and post them in order.")
final class SendCommand implements Callable<Integer> {
    private static final String WEBHOOK = "/api/webhooks/stripe";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final int REDIRECTION = 300;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Event files, or folders of them.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> environment = RunningStack.environment();
        URI webhook = URI.create(environment.getOrDefault("GATEWAY_URL", "") + WEBHOOK);
        String secret = environment.getOrDefault("STRIPE_WEBHOOK_SECRET", "");
        boolean areAllAccepted = true;
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (Path file : expand(files)) {
                int status = post(http, webhook, secret, Files.readAllBytes(file));
                System.out.println(status + " " + file);
                areAllAccepted &= status < REDIRECTION;
            }
        }
        return areAllAccepted ? 0 : Main.FAILED;
    }

    private static int post(HttpClient http, URI webhook, String secret, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .header("Stripe-Signature", WebhookSignature.header(Instant.now(), secret, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static List<Path> expand(List<Path> named) throws IOException {
        List<Path> expanded = new ArrayList<>();
        for (Path path : named) {
            if (!Files.exists(path)) {
                throw new StackFailure("there is no file " + path + ".");
            }
            try (Stream<Path> below = Files.walk(path)) {
                below.filter(Files::isRegularFile)
                        .filter(file -> file.equals(path) || file.toString().endsWith(".json"))
                        .sorted()
                        .forEach(expanded::add);
            }
        }
        return expanded;
    }
}
