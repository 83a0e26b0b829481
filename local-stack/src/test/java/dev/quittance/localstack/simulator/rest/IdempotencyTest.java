package dev.quittance.localstack.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    private final AtomicInteger times = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final Idempotency idempotency = new Idempotency(() -> now);

    private String count() {
        return "answer " + times.incrementAndGet();
    }

    @Test
    void theSameRequestIsAnsweredTheSameAndDoneOnce() {
        // When
        Idempotency.Answer first = idempotency.once("key", "a", this::count);
        Idempotency.Answer second = idempotency.once("key", "a", this::count);

        // Then
        assertThat(first).isEqualTo(new Idempotency.Answer("answer 1", false));
        assertThat(second).isEqualTo(new Idempotency.Answer("answer 1", true));
    }

    @Test
    void anotherRequestUnderTheSameKeyIsAnIdempotencyError() {
        // Given
        idempotency.once("key", "a", this::count);

        // Then
        assertThatThrownBy(() -> idempotency.once("key", "b", this::count))
                .isInstanceOfSatisfying(StripeFailure.class, failure -> {
                    assertThat(failure.status()).isEqualTo(400);
                    assertThat(failure.body().at("/error/type").asText()).isEqualTo("idempotency_error");
                });
        assertThat(times).hasValue(1);
    }

    @Test
    void aDeclinedCardIsDeclinedAgainWithoutBeingTried() {
        // Given
        assertThatThrownBy(() -> idempotency.once("key", "a", this::decline)).isInstanceOf(StripeFailure.class);

        // Then
        assertThatThrownBy(() -> idempotency.once("key", "a", this::decline))
                .isInstanceOfSatisfying(
                        StripeFailure.class,
                        failure -> assertThat(failure.status()).isEqualTo(402));
        assertThat(times).hasValue(1);
    }

    private String decline() {
        times.incrementAndGet();
        throw StripeFailure.declined("ch_1", "no");
    }

    @Test
    void aRequestThatWasRefusedBeforeItDidAnythingLeavesItsKeyFree() {
        // Given
        assertThatThrownBy(() -> idempotency.once("key", "a", () -> {
                    throw StripeFailure.missing("amount");
                }))
                .isInstanceOf(StripeFailure.class);

        // When
        Idempotency.Answer answer = idempotency.once("key", "b", this::count);

        // Then
        assertThat(answer.isRepeated()).isFalse();
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        // Given
        idempotency.once("key", "a", this::count);
        now = now.plus(Duration.ofHours(25));

        // When
        Idempotency.Answer answer = idempotency.once("key", "b", this::count);

        // Then
        assertThat(answer.body()).isEqualTo("answer 2");
    }
}
