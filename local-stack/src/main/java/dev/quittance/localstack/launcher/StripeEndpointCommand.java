package dev.quittance.localstack.launcher;

import dev.quittance.contracts.stripe.EndpointRules;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Creates the webhook endpoint at Stripe, or mends the one that is there: every type that this build acts on, and enabled. */
@Command(name = "stripe-endpoint", description = "Create or mend the webhook endpoint at Stripe.")
final class StripeEndpointCommand implements Callable<Integer> {
    private static final String STRIPE = "https://api.stripe.com";

    @Option(names = "--url", description = "Where Stripe posts to; without it the running stack's gateway.")
    private @Nullable String url;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String key = System.getenv().getOrDefault("STRIPE_API_KEY", "");
        boolean isReal = !key.isBlank();
        Map<String, String> stack = isReal && url != null ? Map.of() : RunningStack.environment();
        String base = isReal ? STRIPE : stack.getOrDefault("STRIPE_API_BASE", STRIPE);
        String target = url == null ? stack.getOrDefault("GATEWAY_URL", "") + EndpointRules.PATH : url;
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            List<String> done = new StripeEndpoints(http, base, isReal ? key : stack.getOrDefault("STRIPE_API_KEY", ""))
                    .mend(target);
            (done.isEmpty() ? List.of("nothing to mend: " + target) : done).forEach(System.out::println);
        }
        return 0;
    }
}
