package dev.quittance.voucher.wallet;

import dev.quittance.voucher.code.VoucherCode;

/** What became of asking for a code. */
sealed interface RevealOutcome {
    /** Handed out, and no longer kept. */
    record Revealed(VoucherCode code) implements RevealOutcome {}

    /** The caller's, but its code is no longer kept. */
    record AlreadyRevealed() implements RevealOutcome {}

    /** Not there, or not the caller's, which must look the same. */
    record NotFound() implements RevealOutcome {}
}
