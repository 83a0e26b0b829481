package dev.quittance.telemetry.trace;

import dev.quittance.telemetry.trace.Span.Finished;
import dev.quittance.telemetry.trace.Span.Kind;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans. Ids, codes, types and topics may stand in their attributes; nothing of an event's body, and nothing that names a
 * person. Whoever calls it on a hot path asks {@link #isOn} first and then pays nothing for a trace that nobody wants.
 */
@Singleton
public final class Tracing {
    private static final long NANOS = 1_000_000_000L;

    private final boolean isOn;
    private final double ratio;
    private final InstantSource clock;
    private final Supplier<RandomGenerator> random;
    private final Consumer<Finished> sink;

    @Inject
    Tracing(SpanExporter exporter, TracingConfig config) {
        this(exporter.isOn(), config.ratio(), InstantSource.system(), ThreadLocalRandom::current, exporter::offer);
    }

    Tracing(
            boolean isOn,
            double ratio,
            InstantSource clock,
            Supplier<RandomGenerator> random,
            Consumer<Finished> sink) {
        this.isOn = isOn;
        this.ratio = ratio;
        this.clock = clock;
        this.random = random;
        this.sink = sink;
    }

    /** Records nothing. */
    public static Tracing off() {
        return new Tracing(false, 0, InstantSource.system(), ThreadLocalRandom::current, _ -> {});
    }

    /** Tells all spans to somebody else than a collector. */
    public static Tracing to(Consumer<Finished> sink) {
        return new Tracing(true, 1, InstantSource.system(), ThreadLocalRandom::current, sink);
    }

    public boolean isOn() {
        return isOn;
    }

    /** Where work comes in: goes on with the sender's trace, or begins one. */
    public Span begin(Kind kind, String name, @Nullable String traceparent, Map<String, String> attributes) {
        if (!isOn) {
            return Span.NONE;
        }
        Optional<TraceParent> parent = TraceParent.read(traceparent);
        if (parent.isPresent()) {
            return child(parent.get(), kind, name, attributes);
        }
        TraceParent root = TraceParent.fresh(random.get(), random.get().nextDouble() < ratio);
        return root.isSampled()
                ? new Span.Recorded(root, null, kind, name, attributes, this::nanos, sink)
                : new Span.Unrecorded(root.value());
    }

    /** Inside: goes on with a trace where there is one. */
    public Span follow(Kind kind, String name, @Nullable String traceparent, Map<String, String> attributes) {
        return isOn
                ? TraceParent.read(traceparent)
                        .map(parent -> child(parent, kind, name, attributes))
                        .orElse(Span.NONE)
                : Span.NONE;
    }

    private Span child(TraceParent parent, Kind kind, String name, Map<String, String> attributes) {
        return parent.isSampled()
                ? new Span.Recorded(
                        parent.child(random.get()), parent.spanId(), kind, name, attributes, this::nanos, sink)
                : new Span.Unrecorded(parent.value());
    }

    private long nanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS + now.getNano();
    }
}
