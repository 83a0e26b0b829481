package dev.quittance.voucher.redemption;

import dev.quittance.voucher.code.VoucherCode;
import java.util.Optional;
import java.util.UUID;

/**
 * A request to use a voucher up.
 *
 * @param code empty when what was typed cannot be a code; it takes the same way as one that is unknown
 * @param accountNumber the account that gets the time; the caller's own when empty
 * @param idempotencyKey under which a repeated request gets the first one's answer
 */
record RedeemVoucher(
        UUID caller,
        Optional<VoucherCode> code,
        Optional<String> accountNumber,
        Optional<String> idempotencyKey,
        Optional<String> traceparent) {}
