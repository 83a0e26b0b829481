package dev.quittance.ingest.webhook;

import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.foundation.body.Takes;
import dev.quittance.ingest.config.IngestConfig;
import dev.quittance.ingest.problem.Problem;
import dev.quittance.ingest.publish.Destination;
import dev.quittance.ingest.publish.Origin;
import dev.quittance.ingest.publish.PublishOutcome;
import dev.quittance.ingest.publish.StripeEventPublisher;
import dev.quittance.telemetry.trace.Span;
import dev.quittance.telemetry.trace.Tracing;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes Stripe's deliveries. 200 means that the broker has the event; anything else means that Stripe shall come again. */
@Path(WebhookResource.PATH)
final class WebhookResource {
    static final String PATH = "/api/webhooks/stripe";

    private static final Logger LOG = Logger.getLogger(WebhookResource.class);
    private static final String RECEIVED = "{\"received\":true}";
    private static final String SIGNATURE = "Stripe-Signature";
    private static final int SERVICE_UNAVAILABLE = 503;
    /** A fifth of what is tolerated. */
    private static final long CLOCK_DIFFERENCE_SECONDS_MAX = 60;

    private static final Problem TOO_MANY =
            new Problem(429, "too_many_unsigned", "Too many requests without a valid signature came from there.");
    private static final byte[] NO_BODY = {};

    private final DeliveryRules rules;
    private final StripeEventPublisher publisher;
    private final WebhookMetrics metrics;
    private final UnsignedLimit limit;
    private final Tracing tracing;
    private final InstantSource clock;
    private final long retryAfterSeconds;

    WebhookResource(
            DeliveryRules rules,
            StripeEventPublisher publisher,
            WebhookMetrics metrics,
            UnsignedLimit limit,
            Tracing tracing,
            InstantSource clock,
            IngestConfig config) {
        this.rules = rules;
        this.publisher = publisher;
        this.metrics = metrics;
        this.limit = limit;
        this.tracing = tracing;
        this.clock = clock;
        this.retryAfterSeconds = config.retryAfter().toSeconds();
    }

    @POST
    @Takes(raw = "An event of Stripe's, byte for byte as it was signed.", bytesMax = DeliveryRules.BODY_BYTES_MAX)
    public Uni<Response> receive(
            byte @Nullable [] sent, @Context HttpHeaders headers, @Context HttpServerRequest request) {
        byte[] body = sent == null ? NO_BODY : sent;
        DeliveryVerdict verdict = rules.decide(body, signature(headers), clock.instant());
        return switch (verdict) {
            case DeliveryVerdict.Refused(Problem problem, boolean isUnsigned) -> {
                LOG.debugf("outcome=%s", verdict.outcome());
                if (problem.code().equals(SignatureFault.OUTSIDE_TOLERANCE.code())) {
                    // Signed by Stripe all the same: nothing says more about the clock.
                    measureClock(headers);
                }
                yield isUnsigned
                        ? limit.count(address(request)).map(wait -> refusal(metrics, problem, wait))
                        : Uni.createFrom().item(refusal(metrics, problem, Duration.ZERO));
            }
            case DeliveryVerdict.Accepted(StripeEnvelope envelope, int secretIndex) -> {
                verified(secretIndex, headers);
                yield publish(Destination.EVENTS, verdict, envelope, secretIndex, body, headers);
            }
            case DeliveryVerdict.SetAside(StripeEnvelope envelope, int secretIndex) -> {
                verified(secretIndex, headers);
                LOG.warnf("eventId=%s outcome=%s", envelope.id(), verdict.outcome());
                yield publish(Destination.SET_ASIDE, verdict, envelope, secretIndex, body, headers);
            }
        };
    }

    static Response refusal(WebhookMetrics metrics, Problem problem, Duration wait) {
        if (wait.isZero()) {
            metrics.received(problem.code());
            return problem.response().build();
        }
        metrics.received(TOO_MANY.code());
        return TOO_MANY.response()
                .header(HttpHeaders.RETRY_AFTER, wait.toSeconds() + 1)
                .build();
    }

    private void verified(int secretIndex, HttpHeaders headers) {
        metrics.verified(secretIndex);
        measureClock(headers);
    }

    /** Stripe signs at the moment in which it sends: what differs is the way here, or a clock. */
    private void measureClock(HttpHeaders headers) {
        if (SignatureHeader.parse(signature(headers))
                instanceof SignatureHeader.Parsed.WellFormed(SignatureHeader header)) {
            long seconds = clock.instant().getEpochSecond() - header.epochSeconds();
            metrics.clockDiffers(seconds);
            if (Math.abs(seconds) > CLOCK_DIFFERENCE_SECONDS_MAX) {
                LOG.warnf("outcome=clock-differs seconds=%d", seconds);
            }
        }
    }

    /** The client's, when a proxy that we trust says so. */
    static String address(HttpServerRequest request) {
        SocketAddress address = request.remoteAddress();
        return address == null || address.hostAddress() == null ? "unknown" : address.hostAddress();
    }

    private Uni<Response> publish(
            Destination destination,
            DeliveryVerdict verdict,
            StripeEnvelope envelope,
            int secretIndex,
            byte[] body,
            HttpHeaders headers) {
        @Nullable String sent = joined(headers, Headers.TRACEPARENT);
        Span span = span(envelope, sent);
        return publisher
                .publish(destination, envelope, body, Origin.secret(secretIndex), span.traceparentOr(sent))
                .map(outcome -> answer(outcome, verdict, envelope))
                .invoke(response -> end(span, response));
    }

    /** Only what is verified: anybody could begin traces here otherwise, and tell us of theirs. */
    private Span span(StripeEnvelope envelope, @Nullable String traceparent) {
        return tracing.isOn()
                ? tracing.begin(
                        Span.Kind.SERVER, "POST " + PATH, traceparent, Map.of("quittance.event.id", envelope.id()))
                : Span.NONE;
    }

    private static void end(Span span, Response response) {
        if (response.getStatus() < SERVICE_UNAVAILABLE) {
            span.end();
        } else {
            span.fail("HTTP_" + response.getStatus());
        }
    }

    private Response answer(PublishOutcome outcome, DeliveryVerdict verdict, StripeEnvelope envelope) {
        return switch (outcome) {
            case PublishOutcome.Acknowledged _ -> {
                metrics.received(verdict.outcome());
                yield Response.ok(RECEIVED, MediaType.APPLICATION_JSON).build();
            }
            case PublishOutcome.Overloaded _ -> {
                LOG.warnf("eventId=%s outcome=overloaded", envelope.id());
                yield comeAgain("overloaded", "Too many events are under way. Send this one again.");
            }
            case PublishOutcome.Unavailable(String cause) -> {
                LOG.warnf("eventId=%s outcome=broker_unavailable errorCode=%s", envelope.id(), cause);
                yield comeAgain("broker_unavailable", "The event could not be stored in time. Send it again.");
            }
        };
    }

    private Response comeAgain(String code, String detail) {
        metrics.received(code);
        return new Problem(SERVICE_UNAVAILABLE, code, detail)
                .response()
                .header(HttpHeaders.RETRY_AFTER, retryAfterSeconds)
                .build();
    }

    static @Nullable String signature(HttpHeaders headers) {
        return joined(headers, SIGNATURE);
    }

    /** A header sent twice means the same as one with both values, whichever way a proxy forwards it. */
    private static @Nullable String joined(HttpHeaders headers, String name) {
        List<String> values = headers.getRequestHeader(name);
        return values == null || values.isEmpty() ? null : String.join(",", values);
    }
}
