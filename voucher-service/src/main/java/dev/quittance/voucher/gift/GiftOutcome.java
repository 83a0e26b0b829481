package dev.quittance.voucher.gift;

import dev.quittance.voucher.problem.ErrorCode;

/** What became of giving a voucher away. */
enum GiftOutcome {
    ACCEPTED,
    ALREADY_REVEALED,
    NOT_FOUND,
    TOO_MANY;

    ErrorCode refusal() {
        return switch (this) {
            case ALREADY_REVEALED -> ErrorCode.ALREADY_REVEALED;
            case TOO_MANY -> ErrorCode.TOO_MANY_ATTEMPTS;
            case NOT_FOUND, ACCEPTED -> ErrorCode.VOUCHER_NOT_FOUND;
        };
    }
}
