package dev.quittance.voucher.issue;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.voucher.code.CodeDigests;
import java.time.Instant;
import java.util.UUID;

/** One voucher to be written: what the purchase says of it, and its code as the database may know it. */
@SuppressWarnings("ArrayRecordComponent")
record IssuedVoucher(
        UUID id,
        PaymentSettled purchase,
        int unit,
        VoucherTerm term,
        CodeDigests.Keyed digest,
        String lastFour,
        byte[] sealedCode,
        Instant issuedAt) {

    VoucherIssued event() {
        return new VoucherIssued(
                id, purchase.userId(), purchase.accountNumber(), purchase.anchor(), unit, term, issuedAt);
    }
}
