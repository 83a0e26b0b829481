package dev.quittance.voucher.redemption;

import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.voucher.redemption.ExpiryRules.Extension;
import java.util.UUID;

/**
 * A voucher that this transaction has used up.
 *
 * @param extension where the account's time ends once this voucher is added
 * @param isSold whether it was issued to somebody before; otherwise whoever redeems it is the first whom we know
 */
record Claimed(
        UUID id,
        String accountNumber,
        VoucherTerm term,
        Extension extension,
        boolean isSold,
        String anchor,
        int unit) {}
