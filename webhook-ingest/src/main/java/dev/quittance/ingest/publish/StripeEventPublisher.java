package dev.quittance.ingest.publish;

import dev.quittance.contracts.stripe.OrderingKey;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.config.IngestConfig;
import dev.quittance.telemetry.trace.Span;
import dev.quittance.telemetry.trace.TraceParent;
import dev.quittance.telemetry.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/** Sends a verified event to the broker, the body untouched, and tells in time whether the broker has it. */
@Singleton
public final class StripeEventPublisher {
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MutinyEmitter<byte[]> events;
    private final MutinyEmitter<byte[]> setAside;
    private final InFlight inFlight;
    private final Tracing tracing;
    private final Timer latency;
    private final Duration acknowledgeTimeout;
    private final RandomGenerator random = new SecureRandom();

    /** The emitters' own buffers have no bound, since theirs fails what came before; {@link InFlight} is the bound. */
    StripeEventPublisher(
            @Channel(Channels.STRIPE_EVENTS) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<byte[]> events,
            @Channel(Channels.STRIPE_SET_ASIDE) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<byte[]> setAside,
            InFlight inFlight,
            Tracing tracing,
            MeterRegistry metrics,
            IngestConfig config) {
        this.events = events;
        this.setAside = setAside;
        this.inFlight = inFlight;
        this.tracing = tracing;
        this.latency = Timer.builder("webhook.publish")
                .description("from the send to the broker's acknowledgement, or to the failure of it")
                .serviceLevelObjectives(BOUNDS)
                .register(metrics);
        this.acknowledgeTimeout = config.acknowledgeTimeout();
    }

    public Uni<PublishOutcome> publish(
            Destination destination,
            StripeEnvelope envelope,
            byte[] body,
            Origin origin,
            @Nullable String traceParent) {
        if (!inFlight.tryEnter(body.length)) {
            return Uni.createFrom().item(new PublishOutcome.Overloaded());
        }
        long began = System.nanoTime();
        Span span = span(destination, envelope, traceParent);
        Message<byte[]> message =
                message(envelope, body, origin, TraceParent.from(span.traceparentOr(traceParent), random));
        // A subscription of its own: neither the timeout below nor a sender who hangs up may cancel the send, since
        // then
        // nobody would know when its place is free again.
        CompletableFuture<PublishOutcome> fate = Uni.createFrom()
                .deferred(() -> emitter(destination).sendMessage(message))
                .<PublishOutcome>map(_ -> new PublishOutcome.Acknowledged())
                .onFailure()
                .recoverWithItem(PublishOutcome.Unavailable::after)
                .invoke(outcome -> {
                    latency.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
                    end(span, outcome);
                })
                .onTermination()
                .invoke(() -> inFlight.leave(body.length))
                .subscribeAsCompletionStage();
        return Uni.createFrom()
                .completionStage(fate.copy())
                .ifNoItem()
                .after(acknowledgeTimeout)
                .recoverWithItem(PublishOutcome.Unavailable::inTime);
    }

    private Span span(Destination destination, StripeEnvelope envelope, @Nullable String traceParent) {
        return tracing.isOn()
                ? tracing.begin(
                        Span.Kind.PRODUCER,
                        "publish " + topic(destination),
                        traceParent,
                        Map.of(
                                "messaging.system", "kafka",
                                "quittance.event.id", envelope.id(),
                                "quittance.event.type", envelope.type()))
                : Span.NONE;
    }

    private static String topic(Destination destination) {
        return switch (destination) {
            case EVENTS -> Topics.STRIPE_EVENTS;
            case SET_ASIDE -> Topics.STRIPE_SET_ASIDE;
        };
    }

    private static void end(Span span, PublishOutcome outcome) {
        switch (outcome) {
            case PublishOutcome.Acknowledged _ -> span.end();
            case PublishOutcome.Overloaded _ -> span.fail("overloaded");
            case PublishOutcome.Unavailable(String cause) -> span.fail(cause);
        }
    }

    private MutinyEmitter<byte[]> emitter(Destination destination) {
        return switch (destination) {
            case EVENTS -> events;
            case SET_ASIDE -> setAside;
        };
    }

    private static Message<byte[]> message(
            StripeEnvelope envelope, byte[] body, Origin origin, TraceParent traceParent) {
        OutgoingKafkaRecordMetadata<String> record = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(OrderingKey.of(envelope).value())
                .withHeaders(EventHeaders.of(envelope, body, origin, traceParent))
                .build();
        return Message.of(body, Metadata.of(record));
    }
}
