package dev.quittance.billing.settlement;

import dev.quittance.billing.fact.Subjects;
import dev.quittance.billing.settlement.Billed.Line;
import dev.quittance.billing.settlement.Purchase.Buyer;
import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When an invoice is settled, and what it gives: it is paid, and its customer and its terms are known. A new period of a
 * subscription gives what its prices say; a change within a period gives the paid part of the difference; any other invoice
 * gives what its own metadata says and is left to its checkout session where that says nothing.
 */
final class BilledRules {
    private static final SettlementDecision NOTHING = new SettlementDecision.Nothing();

    private BilledRules() {}

    static SettlementDecision decide(Billed billed, boolean canAsk) {
        if (!billed.status().equals("paid") || billed.settled() || billed.customerId() == null) {
            return NOTHING;
        }
        return switch (Objects.requireNonNullElse(billed.billingReason(), "")) {
            case "subscription_create",
                    "subscription_cycle",
                    "subscription_update",
                    "subscription",
                    "subscription_threshold" -> bySubscription(billed, canAsk);
            default -> byOwnTerms(billed);
        };
    }

    private static SettlementDecision byOwnTerms(Billed billed) {
        return switch (TermRules.read(billed.metadata())) {
            case TermReading.Silent() -> NOTHING;
            case TermReading.Malformed(String reason) -> hold(billed, reason);
            case TermReading.Given(Terms terms) -> settle(billed, terms);
        };
    }

    private static SettlementDecision bySubscription(Billed billed, boolean canAsk) {
        boolean isLast = billed.asked() || !canAsk;
        boolean known = billed.linesKnown()
                && billed.lines().stream().allMatch(line -> line.price() != null && line.product() != null);
        if (!known && !isLast) {
            return new SettlementDecision.Wait(
                    Subjects.invoiceLines(billed.account(), billed.invoiceId()), "LINES_UNKNOWN", true);
        }
        if (!billed.linesKnown()) {
            return hold(billed, "LINES_UNKNOWN");
        }
        Sum sum = new Sum();
        for (Line line : billed.lines()) {
            Map<String, String> named = TermRules.nearest(orNone(line.price()), orNone(line.product()));
            switch (TermRules.read(named)) {
                case TermReading.Silent() -> {}
                case TermReading.Malformed(String reason) -> {
                    return hold(billed, reason);
                }
                case TermReading.Given(Terms terms) -> {
                    if (!sum.add(line, terms)) {
                        return hold(billed, "UNIT_AMOUNT_UNKNOWN");
                    }
                }
            }
        }
        Terms terms = sum.terms(billed);
        return terms == null ? hold(billed, "TERMS_TOO_LARGE") : settle(billed, terms);
    }

    /** What the lines give together, before it is known whether it is too much. */
    private static final class Sum {
        private BigInteger points = BigInteger.ZERO;
        private BigInteger credits = BigInteger.ZERO;
        private BigInteger pointsChange = BigInteger.ZERO;
        private BigInteger creditsChange = BigInteger.ZERO;
        private final List<VoucherTerm> vouchers = new ArrayList<>();
        private long voucherCount;

        /** Whether it can be said what the line gives. A line for nothing is a trial, and gives nothing. */
        boolean add(Line line, Terms terms) {
            BigInteger quantity = BigInteger.valueOf(line.quantity());
            if (line.amount() == 0 || line.quantity() == 0) {
                return true;
            }
            if (!line.proration()) {
                points = points.add(quantity.multiply(BigInteger.valueOf(terms.points())));
                credits = credits.add(quantity.multiply(BigInteger.valueOf(terms.credits())));
                voucherCount += terms.vouchers().size() * Math.min(line.quantity(), TermRules.NUMBER_MAX);
                if (voucherCount <= PaymentSettled.VOUCHERS_MAX) {
                    terms.vouchers().forEach(term -> vouchers.addAll(Collections.nCopies((int) line.quantity(), term)));
                }
                return true;
            }
            if (line.unitAmount() == null || line.unitAmount() == 0) {
                return false;
            }
            pointsChange = pointsChange.add(part(terms.points(), line.amount(), line.unitAmount()));
            creditsChange = creditsChange.add(part(terms.credits(), line.amount(), line.unitAmount()));
            return true;
        }

        /** As much of what one gives as was billed of what one costs. */
        private static BigInteger part(long given, long amount, long unitAmount) {
            return BigInteger.valueOf(given)
                    .multiply(BigInteger.valueOf(amount))
                    .divide(BigInteger.valueOf(unitAmount));
        }

        @Nullable
        Terms terms(Billed billed) {
            BigInteger allPoints = points.add(change(pointsChange, billed));
            BigInteger allCredits = credits.add(change(creditsChange, billed));
            BigInteger max = BigInteger.valueOf(TermRules.NUMBER_MAX);
            if (allPoints.compareTo(max) > 0
                    || allCredits.compareTo(max) > 0
                    || voucherCount > PaymentSettled.VOUCHERS_MAX) {
                return null;
            }
            return new Terms(allPoints.longValueExact(), allCredits.longValueExact(), vouchers);
        }

        /**
         * Never below nothing; and of a change that is billed by itself only what was paid for it, since what the customer
         * was credited for going down pays for going up again.
         */
        private static BigInteger change(BigInteger change, Billed billed) {
            if (change.signum() <= 0) {
                return BigInteger.ZERO;
            }
            if (!"subscription_update".equals(billed.billingReason()) || billed.totalMinor() <= 0) {
                return billed.totalMinor() <= 0 && "subscription_update".equals(billed.billingReason())
                        ? BigInteger.ZERO
                        : change;
            }
            long paid = Math.min(billed.paid().amountMinor(), billed.totalMinor());
            return change.multiply(BigInteger.valueOf(paid)).divide(BigInteger.valueOf(billed.totalMinor()));
        }
    }

    private static SettlementDecision settle(Billed billed, Terms terms) {
        if (billed.paid().amountMinor() == 0 && terms.equals(Terms.NONE)) {
            return NOTHING;
        }
        Buyer buyer = billed.buyer();
        if (buyer == null) {
            return new SettlementDecision.Wait(
                    Subjects.customer(billed.account(), Objects.requireNonNull(billed.customerId())),
                    "CUSTOMER_UNKNOWN",
                    false);
        }
        boolean isPeriod = billed.subscriptionId() != null && billed.periodEnd() != null;
        return new SettlementDecision.Settle(new Settlement(
                billed.invoiceId(),
                billed.account(),
                null,
                null,
                buyer.userId(),
                buyer.accountNumber(),
                billed.paid(),
                terms,
                billed.occurredAt(),
                isPeriod ? billed.subscriptionId() : null,
                isPeriod ? billed.periodEnd() : null));
    }

    private static SettlementDecision hold(Billed billed, String reason) {
        return new SettlementDecision.Hold(Subjects.operator(billed.invoiceId()), reason);
    }

    private static Map<String, String> orNone(@Nullable Map<String, String> metadata) {
        return metadata == null ? Map.of() : metadata;
    }
}
