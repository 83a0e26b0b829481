package dev.quittance.voucher.redemption;

import java.util.UUID;

/** The answer to whoever redeemed a voucher, the first time and every time the same request is repeated. */
record RedemptionView(UUID voucherId, String accountNumber, int months, int days, String status) {
    static RedemptionView redeemed(UUID voucherId, String accountNumber, int months, int days) {
        return new RedemptionView(voucherId, accountNumber, months, days, "redeemed");
    }
}
