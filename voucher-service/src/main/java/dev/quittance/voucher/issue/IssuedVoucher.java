package dev.quittance.voucher.issue;

import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.voucher.code.CodeDigests;
import dev.quittance.voucher.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One voucher to be written: what the sale says of it, and its code as the database may know it. */
@SuppressWarnings("ArrayRecordComponent")
record IssuedVoucher(
        UUID id,
        Sale sale,
        int unit,
        VoucherTerm term,
        CodeDigests.Keyed digest,
        String lastFour,
        byte[] sealedCode,
        Instant issuedAt,
        Template template) {

    @Nullable
    Instant expiresAt() {
        @Nullable Integer days = template.validDays();
        return days == null ? null : issuedAt.plus(Duration.ofDays(days));
    }

    VoucherIssued event() {
        return new VoucherIssued(id, sale.userId(), sale.accountNumber(), sale.anchor(), unit, term, issuedAt);
    }
}
