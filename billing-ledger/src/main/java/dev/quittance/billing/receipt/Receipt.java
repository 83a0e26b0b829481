package dev.quittance.billing.receipt;

import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A purchase that is to be receipted.
 *
 * @param address null where no event ever named one
 */
record Receipt(
        String anchor,
        @Nullable String address,
        Money amount,
        long points,
        long credits,
        int vouchers,
        Instant occurredAt) {
    Receipt {
        Objects.requireNonNull(anchor, "anchor is null");
        Objects.requireNonNull(amount, "amount is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }

    String text() {
        StringBuilder text = new StringBuilder("Thank you for your purchase.\n\n");
        text.append("Paid: ").append(amount).append('\n');
        text.append("On: ").append(occurredAt).append('\n');
        text.append("Reference: ").append(anchor).append('\n');
        line(text, "Points", points);
        line(text, "Credits", credits);
        line(text, "Vouchers", vouchers);
        return text.toString();
    }

    private static void line(StringBuilder text, String name, long count) {
        if (count > 0) {
            text.append(name).append(": ").append(count).append('\n');
        }
    }
}
