package dev.quittance.billing.settlement;

import dev.quittance.contracts.voucher.VoucherTerm;
import java.util.List;

/**
 * What a purchase gives beside the thing itself.
 *
 * @param vouchers one element a voucher
 */
record Terms(long points, long credits, List<VoucherTerm> vouchers) {
    static final Terms NONE = new Terms(0, 0, List.of());

    Terms {
        vouchers = List.copyOf(vouchers);
    }
}
