package dev.quittance.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.telemetry.trace.Span.Finished;
import dev.quittance.telemetry.trace.Span.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who began a trace decides whether it is recorded, and everybody after keeps to it. */
class TracingTest {
    private static final String SENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final List<Finished> spans = new ArrayList<>();
    private final Random random = new Random(1);

    @Test
    void aChildIsOfItsParentsTrace() {
        // When
        Span span = tracing(1).begin(Kind.SERVER, "POST /", SENT, Map.of("quittance.event.id", "evt_1"));
        span.end();
        span.fail("too late");

        // Then
        assertThat(spans).singleElement().satisfies(finished -> {
            assertThat(finished.context().value()).isEqualTo(span.traceparent());
            assertThat(finished.context().traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(finished.context().spanId()).isNotEqualTo("b7ad6b7169203331");
            assertThat(finished.parentSpanId()).isEqualTo("b7ad6b7169203331");
            assertThat(finished.errorCode()).isNull();
            assertThat(finished.startNanos()).isEqualTo(1_763_633_730_000_000_007L);
        });
    }

    @Test
    void theFirstOfATraceHasNoParent() {
        // When
        tracing(1).begin(Kind.SERVER, "POST /", null, Map.of()).fail("why");

        // Then
        assertThat(spans).singleElement().satisfies(finished -> {
            assertThat(finished.parentSpanId()).isNull();
            assertThat(finished.errorCode()).isEqualTo("why");
        });
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.25,250", "1,1000"})
    void soManyTracesAreRecordedAsIsWanted(double ratio, int about) {
        // Given
        Tracing tracing = tracing(ratio);

        // When
        for (int i = 0; i < 1000; i++) {
            Span door = tracing.begin(Kind.SERVER, "POST /", null, Map.of());
            tracing.follow(Kind.CONSUMER, "process", door.traceparent(), Map.of())
                    .end();
            door.end();
        }

        // Then
        assertThat(spans.size() % 2).isZero();
        assertThat(spans.size() / 2).isBetween(about - 50, about + 50);
    }

    @Test
    void whatIsNotSampledGoesOnAsSuch() {
        // Given
        String unsampled = SENT.replaceFirst("01$", "00");

        // When
        Span span = tracing(1).begin(Kind.SERVER, "POST /", unsampled, Map.of());
        span.end();

        // Then
        assertThat(span.traceparent()).isEqualTo(unsampled);
        assertThat(spans).isEmpty();
    }

    @Test
    void nobodyBeginsATraceInside() {
        // When
        Span span = tracing(1).follow(Kind.CONSUMER, "process", null, Map.of());
        span.end();

        // Then
        assertThat(span.traceparentOr("other")).isEqualTo("other");
        assertThat(spans).isEmpty();
    }

    @Test
    void whoeverIsOffChangesNothing() {
        // When
        Span span = Tracing.off().begin(Kind.SERVER, "POST /", SENT, Map.of());

        // Then
        assertThat(span).isSameAs(Span.NONE);
        assertThat(span.traceparentOr(SENT)).isEqualTo(SENT);
    }

    private Tracing tracing(double ratio) {
        return new Tracing(true, ratio, () -> Instant.ofEpochSecond(1_763_633_730L, 7), () -> random, spans::add);
    }
}
