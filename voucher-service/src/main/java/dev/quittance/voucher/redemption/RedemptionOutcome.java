package dev.quittance.voucher.redemption;

import dev.quittance.voucher.problem.ErrorCode;

/** What became of a request to redeem. */
sealed interface RedemptionOutcome {
    /** Used up by this request. */
    record Redeemed(RedemptionView view) implements RedemptionOutcome {}

    /** Used up by an earlier delivery of this very request. */
    record Repeated(RedemptionView view) implements RedemptionOutcome {}

    /** Nothing changed. */
    record Refused(ErrorCode reason) implements RedemptionOutcome {}
}
