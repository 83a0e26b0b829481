package dev.quittance.voucher.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.voucher.problem.ErrorCode;
import dev.quittance.voucher.redemption.RedemptionOutcome.Refused;
import dev.quittance.voucher.redemption.RedemptionOutcome.Repeated;
import dev.quittance.voucher.redemption.RedemptionRules.Earlier;
import dev.quittance.voucher.redemption.RedemptionRules.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedemptionRulesTest {
    private static final UUID OWNER = UUID.randomUUID();
    private static final UUID REDEEMER = UUID.randomUUID();
    private static final UUID STRANGER = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        "owner,    redeemed,  ALREADY_REDEEMED",
        "redeemer, redeemed,  ALREADY_REDEEMED",
        "stranger, redeemed,  VOUCHER_NOT_FOUND",
        "owner,    void,      VOUCHER_NOT_FOUND",
        "owner,    expired,   VOUCHER_NOT_FOUND",
        "owner,    generated, VOUCHER_NOT_FOUND",
        "redeemer, reversed,  ALREADY_REDEEMED",
        "stranger, reversed,  VOUCHER_NOT_FOUND",
        "stranger, active,    ACCOUNT_NOT_FOUND"
    })
    void onlyWhoKnowsACodeLearnsThatItIsUsed(String who, String status, ErrorCode expected) {
        // Given
        UUID caller = switch (who) {
            case "owner" -> OWNER;
            case "redeemer" -> REDEEMER;
            default -> STRANGER;
        };
        @Nullable UUID redeemedBy = status.equals("redeemed") || status.equals("reversed") ? REDEEMER : null;

        // When
        Refused refused =
                RedemptionRules.refusal(caller, Optional.of(new Standing(status, false, false, OWNER, redeemedBy)));

        // Then
        assertThat(refused.reason()).isEqualTo(expected);
    }

    @Test
    void anUnknownCodeIsNotFound() {
        // When
        Refused refused = RedemptionRules.refusal(OWNER, Optional.empty());

        // Then
        assertThat(refused.reason()).isEqualTo(ErrorCode.VOUCHER_NOT_FOUND);
    }

    @Test
    void theSameRequestGetsTheSameAnswerAndAnotherNone() {
        // Given
        RedemptionView view = RedemptionView.redeemed(UUID.randomUUID(), "4000000000000002", 1, 0, null, Instant.EPOCH);
        Earlier earlier = new Earlier(new byte[] {1, 2}, view);

        // When / Then
        assertThat(RedemptionRules.repeated(earlier, List.of(new byte[] {3}, new byte[] {1, 2})))
                .isEqualTo(new Repeated(view));
        assertThat(RedemptionRules.repeated(earlier, List.of(new byte[] {3}, new byte[] {1})))
                .isEqualTo(new Refused(ErrorCode.IDEMPOTENCY_KEY_REUSED));
    }

    @ParameterizedTest
    @CsvSource({
        "4000000000000002, 4000000000000002",
        "4000 0000 0000 0002, 4000000000000002",
        "4000-0000-0000-0002, 4000000000000002",
        "400000000000002, none",
        "400000000000000x, none",
        "'', none",
        "4 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2 2, none"
    })
    void anAccountNumberIsReadAsTyped(String typed, String meant) {
        // When / Then
        assertThat(RedemptionRules.accountNumber(typed)).isEqualTo(meant);
    }

    @Test
    void aNumberThatPostgresCouldNotStoreIsNoAccount() {
        // When / Then
        assertThat(RedemptionRules.accountNumber("400000000000000\u0000")).isEqualTo("none");
        assertThat(RedemptionRules.accountNumber("\u0664".repeat(16))).isEqualTo("none");
    }
}
