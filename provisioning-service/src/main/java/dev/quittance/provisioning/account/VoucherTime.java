package dev.quittance.provisioning.account;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.voucher.VoucherTerm;
import java.util.UUID;

/** Time that a redeemed voucher gives an account. */
public record VoucherTime(UUID voucherId, String accountNumber, VoucherTerm term) {
    public VoucherTime {
        requireNonNull(voucherId, "voucherId is null");
        requireNonNull(accountNumber, "accountNumber is null");
        requireNonNull(term, "term is null");
    }

    /** What makes the time count once. */
    public String businessKey() {
        return "expiry:" + voucherId;
    }

    /** What it waits for that names an account which is not there. */
    public String accountSubject() {
        return "account:" + accountNumber;
    }
}
