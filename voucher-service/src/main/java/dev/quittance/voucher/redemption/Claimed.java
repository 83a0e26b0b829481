package dev.quittance.voucher.redemption;

import dev.quittance.contracts.voucher.VoucherTerm;
import java.util.UUID;

/**
 * A voucher that this transaction has used up.
 *
 * @param isSold whether it was issued to somebody before; otherwise whoever redeems it is the first whom we know
 */
record Claimed(UUID id, String accountNumber, VoucherTerm term, boolean isSold, String anchor, int unit) {}
