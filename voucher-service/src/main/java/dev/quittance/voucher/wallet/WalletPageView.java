package dev.quittance.voucher.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of an owner's vouchers, newest first.
 *
 * @param next what to ask {@code after} for the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WalletPageView(
        List<OwnedVoucherView> vouchers, @Nullable UUID next) {
    WalletPageView {
        vouchers = List.copyOf(vouchers);
    }

    /** Of one row more than a page holds, if there are so many. */
    static WalletPageView of(List<OwnedVoucherView> found, int pageSize) {
        if (found.size() <= pageSize) {
            return new WalletPageView(found, null);
        }
        List<OwnedVoucherView> page = found.subList(0, pageSize);
        return new WalletPageView(page, page.getLast().id());
    }
}
