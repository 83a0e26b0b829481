package dev.quittance.ingest.webhook;

import dev.quittance.contracts.stripe.EnvelopeVerdict;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.ingest.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;

/** Judges what comes for thin events as everything else is judged: size, signature, and whether it is one. */
@Singleton
public final class ThinGate {
    public static final int BODY_BYTES_MAX = DeliveryRules.BODY_BYTES_MAX;

    /** Its own URL: a thin event has its endpoint at Stripe, with a secret of its own. */
    public static final String PATH = WebhookResource.PATH + "/thin";

    private final SignatureVerifier verifier;
    private final WebhookMetrics metrics;
    private final UnsignedLimit limit;
    private final InstantSource clock;

    ThinGate(SignatureVerifier verifier, WebhookMetrics metrics, UnsignedLimit limit, InstantSource clock) {
        this.verifier = verifier;
        this.metrics = metrics;
        this.limit = limit;
        this.clock = clock;
    }

    /** Whether it is a thin event of Stripe's. */
    public sealed interface Verdict {
        /** @param secretIndex which of the secrets signed it */
        record Genuine(int secretIndex) implements Verdict {}

        record Refused(Response answer) implements Verdict {}
    }

    public Uni<Verdict> judge(byte[] body, HttpHeaders headers, HttpServerRequest request) {
        if (body.length > BODY_BYTES_MAX) {
            return refused(DeliveryRules.tooLarge());
        }
        return switch (verifier.verify(body, WebhookResource.signature(headers), clock.instant())) {
            case SignatureVerdict.Rejected(SignatureFault fault) -> {
                Problem problem = Problem.badRequest(
                        fault.code(), "The Stripe-Signature header does not prove that Stripe sent this body.");
                yield limit.count(WebhookResource.address(request))
                        .map(wait -> new Verdict.Refused(WebhookResource.refusal(metrics, problem, wait)));
            }
            case SignatureVerdict.Verified(int secretIndex) -> {
                metrics.verified(secretIndex);
                yield StripeEnvelope.read(body) instanceof EnvelopeVerdict.Thin
                        ? genuine(secretIndex)
                        : refused(Problem.badRequest(
                                "snapshot_event", "This URL takes thin events. Use the webhook's own URL for others."));
            }
        };
    }

    private Uni<Verdict> genuine(int secretIndex) {
        metrics.received("thin");
        return Uni.createFrom().item(new Verdict.Genuine(secretIndex));
    }

    private Uni<Verdict> refused(Problem problem) {
        metrics.received(problem.code());
        return Uni.createFrom().item(new Verdict.Refused(problem.response().build()));
    }
}
