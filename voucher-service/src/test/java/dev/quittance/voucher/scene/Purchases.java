package dev.quittance.voucher.scene;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.money.Money;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What other services say of a purchase. */
public final class Purchases {
    private static final Instant OCCURRED_AT = Instant.parse("2026-11-20T12:00:00Z");

    private Purchases() {}

    public static PaymentSettled settled(Database.Holder buyer, VoucherTerm... vouchers) {
        return settled(buyer, null, vouchers);
    }

    public static PaymentSettled settled(
            Database.Holder buyer, @Nullable String paymentIntentId, VoucherTerm... vouchers) {
        String session = "cs_" + UUID.randomUUID();
        return new PaymentSettled(
                paymentIntentId == null ? session : paymentIntentId,
                buyer.userId(),
                buyer.accountNumber(),
                "",
                session,
                paymentIntentId,
                new Money(1_050, "EUR"),
                List.of(vouchers),
                OCCURRED_AT);
    }

    public static CustomerProvisioned provisioned(Database.Holder holder) {
        return new CustomerProvisioned(
                holder.userId(), holder.accountNumber(), "", "cus_" + holder.accountNumber(), null, OCCURRED_AT);
    }
}
