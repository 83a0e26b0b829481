package dev.quittance.ingest.stripe;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks Stripe for bytes: what a client library parses and writes again would not be Stripe's own any more. */
@Singleton
public final class StripeApi {
    /** More than a hundred events of the largest kind. */
    private static final long ANSWER_BYTES_MAX = 64L * 1_024 * 1_024;

    private static final Duration RETRY_AFTER_DEFAULT = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(10);
    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;

    private final StripeConfig config;
    private final HttpClient http;

    StripeApi(StripeConfig config) {
        this.config = config;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    public boolean canAsk() {
        return config.apiKey().filter(key -> !key.isBlank()).isPresent();
    }

    /** Stripe did not answer, or not with what was asked for. */
    public static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable Duration retryAfter;

        public Unanswered(String code, @Nullable Duration retryAfter) {
            super(code);
            this.retryAfter = retryAfter;
        }

        /** What Stripe wants us to wait, when it said so. */
        public @Nullable Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The answer's bytes, or {@link Unanswered}. */
    public Uni<byte[]> get(String path, Map<String, String> parameters) {
        return get(path, parameters, null);
    }

    /** As a connected account sees it, when one is named. */
    public Uni<byte[]> get(String path, Map<String, String> parameters, @Nullable String account) {
        String query = parameters.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .sorted()
                .collect(Collectors.joining("&"));
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create(config.apiBase() + path + (query.isEmpty() ? "" : "?" + query)))
                .timeout(config.readTimeout())
                .header("Authorization", "Bearer " + config.apiKey().orElse(""));
        if (account != null) {
            builder.header("Stripe-Account", account);
        }
        HttpRequest request = builder.GET().build();
        return Uni.createFrom()
                .completionStage(() ->
                        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX)))
                .onFailure()
                .transform(failure -> new Unanswered("NO_ANSWER", null))
                .map(StripeApi::answered);
    }

    private static byte[] answered(HttpResponse<byte[]> answer) {
        if (answer.statusCode() == OK) {
            return answer.body();
        }
        throw new Unanswered(
                "HTTP_" + answer.statusCode(),
                answer.statusCode() == TOO_MANY_REQUESTS
                        ? retryAfter(answer.headers().firstValue("Retry-After").orElse(""))
                        : null);
    }

    private static Duration retryAfter(String header) {
        OptionalLong seconds =
                header.matches("[0-9]{1,6}") ? OptionalLong.of(Long.parseLong(header)) : OptionalLong.empty();
        Duration wanted = seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : RETRY_AFTER_DEFAULT;
        return wanted.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wanted;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
