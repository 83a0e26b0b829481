package dev.quittance.billing.fact;

import dev.quittance.contracts.money.Money;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads checkout sessions and their lines. */
final class CheckoutReader {
    private static final String LINES = "line_items";

    private CheckoutReader() {}

    static StripeFact session(StripeEvent event) {
        StripeObject session = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(session.id());
        String mode = needs.text(session.text("mode"), "MODE");
        String status = session.text("status").orElse(statusOf(event.type()));
        String paymentStatus = needs.text(session.text("payment_status"), "PAYMENT_STATUS");
        Money amount = amount(session, needs);
        Long subtotal = needs.amountOrNull(session.integer("amount_subtotal"), "AMOUNT_SUBTOTAL");
        Instant createdAt = needs.objectTime();
        Version version = needs.version(rank(event.type(), status, paymentStatus), 0);
        return needs.factOrUnusable(() -> new SessionSeen(
                event.account(),
                id,
                mode,
                status,
                paymentStatus,
                session.id("customer").orNull(),
                session.id("payment_intent").orNull(),
                session.id("invoice").orNull(),
                session.id("subscription").orNull(),
                amount,
                subtotal,
                session.metadata(),
                lines(session),
                createdAt,
                version));
    }

    /** The event's own word, for payloads of before sessions had a status. */
    private static String statusOf(String type) {
        return type.equals("checkout.session.expired") ? "expired" : "complete";
    }

    private static int rank(String type, String status, String paymentStatus) {
        if (!status.equals("complete")) {
            return status.equals("open") ? 0 : 1;
        }
        if (!paymentStatus.equals("unpaid")) {
            return 4;
        }
        return type.equals("checkout.session.async_payment_failed") ? 3 : 2;
    }

    private static @Nullable Money amount(StripeObject session, Needs needs) {
        Long amount = needs.amountOrNull(session.integer("amount_total"), "AMOUNT_TOTAL");
        if (amount == null) {
            return null;
        }
        String currency = needs.currency(session.currency("currency"));
        return currency.isEmpty() ? null : new Money(amount, currency);
    }

    private static List<SessionLine> lines(StripeObject session) {
        if (session.hasMore(LINES)) {
            return List.of();
        }
        List<SessionLine> lines = new ArrayList<>();
        for (StripeObject line : session.list(LINES)) {
            String id = line.id().orNull();
            Long quantity = line.integer("quantity").orNull();
            if (id == null || quantity == null || quantity < 0) {
                // Stripe knows better: without lines they are looked up.
                return List.of();
            }
            StripeObject price = line.object("price");
            StripeObject product = price.object("product");
            lines.add(new SessionLine(
                    id,
                    line.id("price").orNull(),
                    price.id("product").orNull(),
                    quantity,
                    price.exists() ? price.metadata() : null,
                    product.exists() ? product.metadata() : null));
        }
        return lines;
    }
}
