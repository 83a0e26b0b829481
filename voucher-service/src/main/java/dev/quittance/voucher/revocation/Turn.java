package dev.quittance.voucher.revocation;

import dev.quittance.contracts.voucher.VoucherEvent;
import dev.quittance.contracts.voucher.VoucherRestored;
import dev.quittance.contracts.voucher.VoucherRevoked;
import java.time.Instant;
import java.util.Objects;

/** A voucher that is revoked, or restored, from now on. */
record Turn(Holding voucher, String toStatus, boolean isRevocation, String cause) {
    long revision() {
        return voucher.revision() + 1;
    }

    VoucherEvent event(Instant now) {
        String account = Objects.requireNonNullElse(voucher.accountNumber(), "");
        boolean isRedeemed = voucher.naturalStatus().equals("redeemed");
        return isRevocation
                ? new VoucherRevoked(voucher.id(), account, isRedeemed, voucher.term(), cause, revision(), now)
                : new VoucherRestored(voucher.id(), account, isRedeemed, voucher.term(), cause, revision(), now);
    }
}
