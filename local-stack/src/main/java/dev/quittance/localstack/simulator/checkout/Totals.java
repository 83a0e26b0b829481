package dev.quittance.localstack.simulator.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.discount.CouponDesk;
import dev.quittance.localstack.simulator.discount.TaxDesk;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a checkout comes to: its lines, less what a coupon takes off, with the taxes on what is left. */
final class Totals {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final CouponDesk coupons;
    private final TaxDesk taxes;

    Totals(CouponDesk coupons, TaxDesk taxes) {
        this.coupons = coupons;
        this.taxes = taxes;
    }

    /** Writes them into the session and its lines, which are in the order in which they were asked for. */
    void set(ObjectNode session, List<ObjectNode> lines, Params params) {
        long subtotal = sum(lines, "amount_subtotal");
        String currency = lines.getFirst().path("currency").asText();
        @Nullable ObjectNode coupon = coupons.asked(params, currency);
        if (coupon != null) {
            takeOff(session, lines, coupon, subtotal);
        }
        boolean isAutomatic = isAutomatic(params);
        if (isAutomatic) {
            session.withObject("/automatic_tax")
                    .put("enabled", true)
                    .put("provider", "stripe")
                    .put("status", "complete")
                    .putObject("liability")
                    .put("type", "self");
        }
        List<Params> asked = params.list("line_items");
        for (int i = 0; i < lines.size(); i++) {
            tax(lines.get(i), taxes.asked(asked.get(i)), isAutomatic);
        }
        long total = sum(lines, "amount_total");
        if (total > Params.AMOUNT_MAX) {
            throw StripeFailure.invalid("amount_too_large", "line_items", "The total amount is too large.");
        }
        session.put("amount_subtotal", subtotal);
        session.put("amount_total", total);
        session.put("currency", currency);
        session.withObject("/total_details")
                .put("amount_discount", sum(lines, "amount_discount"))
                .put("amount_tax", sum(lines, "amount_tax"));
    }

    static boolean isAutomatic(Params params) {
        @Nullable Params automatic = params.inside("automatic_tax");
        return automatic != null && automatic.flag("enabled", false);
    }

    /** Each line bears its share, the last what rounding left. */
    private static void takeOff(ObjectNode session, List<ObjectNode> lines, ObjectNode coupon, long subtotal) {
        long off = coupon.hasNonNull("percent_off")
                ? part(subtotal, coupon.path("percent_off").decimalValue(), HUNDRED)
                : Math.min(subtotal, coupon.path("amount_off").asLong());
        long left = off;
        for (int i = 0; i < lines.size(); i++) {
            ObjectNode line = lines.get(i);
            long amount = line.path("amount_subtotal").asLong();
            boolean isLast = i == lines.size() - 1;
            long share = isLast || subtotal == 0
                    ? left
                    : Math.min(left, part(off, BigDecimal.valueOf(amount), BigDecimal.valueOf(subtotal)));
            left -= share;
            line.put("amount_discount", share);
            line.put("amount_total", amount - share);
        }
        session.withArray("discounts")
                .addObject()
                .put("coupon", coupon.path("id").asText())
                .putNull("promotion_code");
    }

    private static void tax(ObjectNode line, List<ObjectNode> rates, boolean isAutomatic) {
        long net = line.path("amount_total").asLong();
        long tax = isAutomatic ? part(net, TaxDesk.AUTOMATIC_PERCENTAGE, HUNDRED) : 0;
        long added = tax;
        for (ObjectNode rate : rates) {
            BigDecimal percentage = rate.path("percentage").decimalValue();
            boolean isInclusive = rate.path("inclusive").asBoolean();
            // What a price includes is a part of it, so of the hundred and the percentage.
            long amount = part(net, percentage, isInclusive ? HUNDRED.add(percentage) : HUNDRED);
            tax += amount;
            added += isInclusive ? 0 : amount;
        }
        line.put("amount_tax", tax);
        line.put("amount_total", net + added);
    }

    private static long part(long amount, BigDecimal part, BigDecimal whole) {
        return BigDecimal.valueOf(amount)
                .multiply(part)
                .divide(whole, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static long sum(List<ObjectNode> lines, String field) {
        return lines.stream().mapToLong(line -> line.path(field).asLong()).sum();
    }
}
