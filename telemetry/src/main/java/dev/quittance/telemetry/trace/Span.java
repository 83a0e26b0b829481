package dev.quittance.telemetry.trace;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One piece of work in a trace. One that never ends was never done, and is not told of. */
public sealed interface Span {
    /** Of no trace that anybody records. */
    Span NONE = new Unrecorded(null);

    /** What comes next continues this; null when nobody records anything here. */
    @Nullable
    String traceparent();

    /** The work is done. Only the first end counts. */
    void end();

    /** @param code why it could not be done, a stable code */
    void fail(String code);

    /** What comes next continues this, or what it would have continued. */
    default @Nullable String traceparentOr(@Nullable String other) {
        @Nullable String own = traceparent();
        return own == null ? other : own;
    }

    /** As OTLP numbers them. */
    enum Kind {
        SERVER(2),
        CLIENT(3),
        PRODUCER(4),
        CONSUMER(5);

        final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    /**
     * A span as it is sent.
     *
     * @param parentSpanId null for the first of a trace
     * @param errorCode null when it went well
     */
    record Finished(
            TraceParent context,
            @Nullable String parentSpanId,
            Kind kind,
            String name,
            Map<String, String> attributes,
            long startNanos,
            long endNanos,
            @Nullable String errorCode) {
        public Finished {
            attributes = Map.copyOf(attributes);
        }
    }

    /** Costs nothing. */
    record Unrecorded(@Nullable String traceparent) implements Span {
        @Override
        public void end() {
            // Nobody wants to know.
        }

        @Override
        public void fail(String code) {
            // Nobody wants to know.
        }
    }

    /** Told when it ends. */
    final class Recorded implements Span {
        private final TraceParent context;
        private final @Nullable String parentSpanId;
        private final Kind kind;
        private final String name;
        private final Map<String, String> attributes;
        private final LongSupplier clock;
        private final Consumer<Finished> sink;
        private final long startNanos;
        private final AtomicBoolean isEnded = new AtomicBoolean();

        Recorded(
                TraceParent context,
                @Nullable String parentSpanId,
                Kind kind,
                String name,
                Map<String, String> attributes,
                LongSupplier clock,
                Consumer<Finished> sink) {
            this.context = context;
            this.parentSpanId = parentSpanId;
            this.kind = kind;
            this.name = name;
            this.attributes = attributes;
            this.clock = clock;
            this.sink = sink;
            this.startNanos = clock.getAsLong();
        }

        @Override
        public String traceparent() {
            return context.value();
        }

        @Override
        public void end() {
            end(null);
        }

        @Override
        public void fail(String code) {
            end(code);
        }

        private void end(@Nullable String errorCode) {
            if (isEnded.compareAndSet(false, true)) {
                sink.accept(new Finished(
                        context, parentSpanId, kind, name, attributes, startNanos, clock.getAsLong(), errorCode));
            }
        }
    }
}
