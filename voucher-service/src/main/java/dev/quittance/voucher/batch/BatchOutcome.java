package dev.quittance.voucher.batch;

import dev.quittance.voucher.problem.ErrorCode;

/** What became of what an operator asked for. */
sealed interface BatchOutcome {
    /** Under way, or done. */
    record Accepted(Batch batch) implements BatchOutcome {}

    /** Nothing changed. */
    record Refused(ErrorCode code, String detail) implements BatchOutcome {}

    /** The codes of one part, this once. */
    record Downloaded(String jose, int part, int parts) implements BatchOutcome {}
}
