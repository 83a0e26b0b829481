package dev.quittance.ingest.thin;

import dev.quittance.contracts.stripe.EnvelopeVerdict;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.foundation.body.Takes;
import dev.quittance.ingest.config.IngestConfig;
import dev.quittance.ingest.problem.Problem;
import dev.quittance.ingest.publish.Destination;
import dev.quittance.ingest.publish.Origin;
import dev.quittance.ingest.publish.PublishOutcome;
import dev.quittance.ingest.publish.StripeEventPublisher;
import dev.quittance.ingest.stripe.StripeApi;
import dev.quittance.ingest.webhook.ThinGate;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes thin events on a URL of their own. 200 means that the broker has the event with its object; a Stripe that does not answer means 503. */
@Path(ThinGate.PATH)
final class ThinEventResource {
    private static final Logger LOG = Logger.getLogger(ThinEventResource.class);
    private static final int SERVICE_UNAVAILABLE = 503;

    private final ThinGate gate;
    private final StripeApi stripe;
    private final StripeEventPublisher publisher;
    private final IngestConfig config;

    ThinEventResource(ThinGate gate, StripeApi stripe, StripeEventPublisher publisher, IngestConfig config) {
        this.gate = gate;
        this.stripe = stripe;
        this.publisher = publisher;
        this.config = config;
    }

    @POST
    @Takes(raw = "A thin event of Stripe's, byte for byte as it was signed.", bytesMax = ThinGate.BODY_BYTES_MAX)
    public Uni<Response> receive(
            byte @Nullable [] sent, @Context HttpHeaders headers, @Context HttpServerRequest request) {
        byte[] body = sent == null ? new byte[0] : sent;
        return gate.judge(body, headers, request).chain(verdict -> switch (verdict) {
            case ThinGate.Verdict.Refused(Response answer) -> Uni.createFrom().item(answer);
            case ThinGate.Verdict.Genuine(int secret) ->
                ThinEvent.read(body)
                        .map(event -> take(event, secret))
                        .orElseGet(() -> Uni.createFrom()
                                .item(Problem.badRequest(
                                                "thin_event_unreadable",
                                                "The thin event does not say which object it is about.")
                                        .response()
                                        .build()));
        });
    }

    private Uni<Response> take(ThinEvent event, int secret) {
        return fetched(event)
                .ifNoItem()
                .after(config.acknowledgeTimeout())
                .fail()
                .chain(object -> publish(event.with(object.bytes()), secret))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("eventId=%s outcome=thin-waits errorCode=%s", event.id(), code(failure));
                    return comeAgain("object_unavailable", "The event's object could not be fetched. Send it again.");
                });
    }

    /** What Stripe answered, if it was asked. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Fetched(byte @Nullable [] bytes) {}

    private Uni<Fetched> fetched(ThinEvent event) {
        return stripe.canAsk() && event.path().isPresent()
                ? stripe.get(event.path().orElseThrow(), java.util.Map.of(), event.account())
                        .map(Fetched::new)
                : Uni.createFrom().item(new Fetched(null));
    }

    private Uni<Response> publish(byte[] snapshot, int secret) {
        if (!(StripeEnvelope.read(snapshot) instanceof EnvelopeVerdict.Readable(StripeEnvelope envelope))) {
            return Uni.createFrom()
                    .item(Problem.badRequest("thin_event_unreadable", "The event with its object cannot be read.")
                            .response()
                            .build());
        }
        Destination destination = Destination.of(envelope, config.livemode());
        return publisher
                .publish(destination, envelope, snapshot, Origin.secret(secret), null)
                .map(outcome -> outcome instanceof PublishOutcome.Acknowledged
                        ? Response.ok("{\"received\":true}", MediaType.APPLICATION_JSON)
                                .build()
                        : comeAgain("broker_unavailable", "The event could not be stored in time. Send it again."));
    }

    private Response comeAgain(String code, String detail) {
        return new Problem(SERVICE_UNAVAILABLE, code, detail)
                .response()
                .header(HttpHeaders.RETRY_AFTER, config.retryAfter().toSeconds())
                .build();
    }

    private static String code(Throwable failure) {
        return failure instanceof StripeApi.Unanswered unanswered
                ? String.valueOf(unanswered.getMessage())
                : failure.getClass().getSimpleName();
    }
}
