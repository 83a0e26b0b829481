package dev.quittance.voucher.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.voucher.problem.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedemptionBodyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"code\"",
                "{",
                "{}",
                "{\"code\":null}",
                "{\"code\":1}",
                "{\"code\":[\"A\"]}",
                "{\"code\":\"A\",\"accountNumber\":1}",
                "{\"code\":\"A\"} trailing",
                "{\"code\":\"A\",\"code\":\"B\"}",
                "{\"Code\":\"A\"}",
                "\u0000"
            })
    void whatIsNoRequestIsSaidToBeNone(String body) {
        // When
        RedemptionBody read = read(body);

        // Then
        assertThat(read)
                .isInstanceOfSatisfying(
                        RedemptionBody.Invalid.class,
                        invalid -> assertThat(invalid.code()).isEqualTo(ErrorCode.REQUEST_INVALID));
    }

    @Test
    void aDeepBodyIsNoRequest() {
        // When
        RedemptionBody read = read("[".repeat(4_000));

        // Then
        assertThat(read).isInstanceOf(RedemptionBody.Invalid.class);
    }

    @Test
    void aLargeBodyIsNotEvenRead() {
        // Given
        String body = "{\"code\":\"" + "A".repeat(RedemptionBody.BYTES_MAX) + "\"}";

        // When
        RedemptionBody read = read(body);

        // Then
        assertThat(read)
                .isInstanceOfSatisfying(
                        RedemptionBody.Invalid.class,
                        invalid -> assertThat(invalid.code()).isEqualTo(ErrorCode.BODY_TOO_LARGE));
    }

    @Test
    void theAccountMayBeLeftOut() {
        // When / Then
        assertThat(read("{\"code\":\"A\",\"more\":{}}")).isEqualTo(new RedemptionBody.Read("A", Optional.empty()));
        assertThat(read("{\"code\":\"A\",\"accountNumber\":null}"))
                .isEqualTo(new RedemptionBody.Read("A", Optional.empty()));
        assertThat(read("{\"code\":\"A\",\"accountNumber\":\"12\"}"))
                .isEqualTo(new RedemptionBody.Read("A", Optional.of("12")));
    }

    private static RedemptionBody read(String body) {
        return RedemptionBody.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
