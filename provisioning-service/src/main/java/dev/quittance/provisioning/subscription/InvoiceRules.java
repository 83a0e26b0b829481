package dev.quittance.provisioning.subscription;

import dev.quittance.provisioning.subscription.InvoiceFact.Line;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which time an invoice pays for. Several lines of one period are one period: items are paid side by side. A proration changes
 * what a period costs, not how long it is; only a credit for time that nothing else on the invoice charges for ends it early.
 */
public final class InvoiceRules {
    private InvoiceRules() {}

    /** The line whose period is paid; empty when the invoice pays for no time, as a trial's does. */
    public static Optional<Line> paid(InvoiceFact invoice, Snapshot subscription) {
        return invoice.lines().stream()
                .filter(line -> !line.isProration() && !line.isExtra() && (line.amount() == null || line.amount() >= 0))
                .filter(line -> line.end().isAfter(line.start()))
                .filter(line -> !isTrial(line, subscription))
                .max(Comparator.comparing(Line::end).thenComparing(Line::lineId, Comparator.reverseOrder()));
    }

    /** Where the invoice takes back time that was paid before: a credit that no other proration charges again. */
    public static Optional<Line> credit(List<Line> lines) {
        return lines.stream()
                .filter(line -> line.isProration() && Objects.requireNonNullElse(line.amount(), 0L) < 0)
                .filter(line -> line.end().isAfter(line.start()))
                .filter(credit -> lines.stream()
                        .noneMatch(line -> line.isProration()
                                && Objects.requireNonNullElse(line.amount(), 0L) > 0
                                && line.end().equals(credit.end())))
                .min(Comparator.comparing(Line::start).thenComparing(Line::lineId));
    }

    private static boolean isTrial(Line line, Snapshot subscription) {
        return Objects.requireNonNullElse(line.amount(), 0L) == 0 && line.end().equals(subscription.trialEnd());
    }
}
