package dev.quittance.localstack.simulator.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Posts events to their endpoints until each has answered 2xx, a bounded number at a time: in no promised order, unless it is one at a time. */
public final class WebhookSender {
    public static final int IN_FLIGHT_MAX = 16;
    /** Beyond it a new event is given up at once; only reconciliation finds it. */
    public static final int OWED_MAX = 20_000;

    public static final int REQUEST_TIMEOUT_MILLIS = 15_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final RetryPolicy retries;
    private final InstantSource clock;
    private final RandomGenerator chance;
    private final Queue<Attempt> ready = new ArrayDeque<>();
    private Faults faults = Faults.NONE;
    private int inFlight;
    private int owed;

    private record Attempt(StripeEvent event, Delivery delivery) {}

    public WebhookSender(Vertx vertx, RetryPolicy retries, InstantSource clock, RandomGenerator chance) {
        this.vertx = vertx;
        this.retries = retries;
        this.clock = clock;
        this.chance = chance;
        HttpClientOptions options = new HttpClientOptions().setConnectTimeout(2_000);
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(IN_FLIGHT_MAX));
    }

    public void send(StripeEvent event) {
        if (happens(faults.losePercent())) {
            return;
        }
        for (Delivery delivery : event.deliveries()) {
            if (owed >= OWED_MAX) {
                delivery.giveUp();
                continue;
            }
            owed++;
            Attempt attempt = new Attempt(event, delivery);
            int jitter = faults.reorderMillis() == 0 ? 0 : chance.nextInt(faults.reorderMillis());
            later(Duration.ofMillis((long) faults.delayMillis() + jitter), attempt);
        }
    }

    /** Sends an event once more, whether it was delivered or not. */
    public void resend(StripeEvent event) {
        event.deliveries().forEach(delivery -> {
            owed++;
            later(Duration.ZERO, new Attempt(event, delivery));
        });
    }

    public Faults faults() {
        return faults;
    }

    public void setFaults(Faults faults) {
        this.faults = faults;
    }

    private void later(Duration wait, Attempt attempt) {
        if (wait.isZero()) {
            ready.add(attempt);
            sendReady();
        } else {
            vertx.setTimer(wait.toMillis(), _ -> later(Duration.ZERO, attempt));
        }
    }

    private void sendReady() {
        while (inFlight < faults.inFlight() && !ready.isEmpty()) {
            Attempt attempt = ready.remove();
            inFlight++;
            post(attempt).onComplete(result -> {
                inFlight--;
                conclude(attempt, result.succeeded() ? result.result() : null);
                sendReady();
            });
        }
    }

    private Future<Integer> post(Attempt attempt) {
        if (happens(faults.dropPercent())) {
            // Not at once: a row of dropped attempts would nest as deep as it is long.
            return Future.future(promise -> vertx.runOnContext(_ -> promise.fail("dropped on purpose")));
        }
        byte[] body = attempt.event().body(attempt.delivery().version()).getBytes(StandardCharsets.UTF_8);
        WebhookEndpoint endpoint = attempt.delivery().endpoint();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(endpoint.url().toString())
                .setTimeout(REQUEST_TIMEOUT_MILLIS)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                .putHeader("Stripe-Signature", WebhookSignature.header(clock.instant(), endpoint.secret(), body));
        return client.request(options)
                .compose((HttpClientRequest request) -> request.send(Buffer.buffer(body)))
                .compose((HttpClientResponse response) -> response.end().map(response.statusCode()));
    }

    private void conclude(Attempt attempt, @Nullable Integer status) {
        Delivery delivery = attempt.delivery();
        boolean first = !delivery.isDelivered();
        delivery.attempted(status);
        if (delivery.isDelivered()) {
            if (first && happens(faults.duplicatePercent())) {
                later(Duration.ofMillis(1), attempt);
            } else {
                owed--;
            }
        } else if (Duration.between(delivery.since(), clock.instant()).compareTo(retries.giveUpAfter()) > 0) {
            delivery.giveUp();
            owed--;
        } else {
            later(retries.waitAfter(delivery.attempts()), attempt);
        }
    }

    private boolean happens(int percent) {
        return percent > 0 && chance.nextInt(100) < percent;
    }
}
