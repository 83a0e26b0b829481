package dev.quittance.localstack.demo;

import dev.quittance.contracts.money.CurrencyCode;
import dev.quittance.contracts.money.Money;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the books must show of the purchase, and how an amount reads. */
final class JournalRules {
    private JournalRules() {}

    /** The whole purchase is booked: money in, the fee, and what was granted. */
    static boolean isComplete(List<PurchaseStore.Line> lines) {
        boolean hasGross = hasDebit(lines, StripeShop.CURRENCY, StripeShop.PRICE_MINOR);
        boolean hasFee = lines.stream()
                .anyMatch(line ->
                        line.unit().equals(StripeShop.CURRENCY) && line.entry().startsWith("fee"));
        return hasGross
                && hasFee
                && hasDebit(lines, "points", StripeShop.POINTS)
                && hasDebit(lines, "credits", StripeShop.CREDITS);
    }

    /** Debits minus credits by unit; all zero in books that balance. */
    static Map<String, Long> sums(List<PurchaseStore.Line> lines) {
        Map<String, Long> sums = new TreeMap<>();
        for (PurchaseStore.Line line : lines) {
            long signed = line.direction().equals("debit") ? line.amount() : -line.amount();
            sums.merge(line.unit(), signed, Math::addExact);
        }
        return sums;
    }

    static String text(long amount, String unit) {
        return CurrencyCode.isKnown(unit) ? new Money(amount, unit).toString() : amount + " " + unit;
    }

    /** A user's account with the first part of the user's id, which the demo has shown in full. */
    static String shortName(String account) {
        return account.replaceAll("([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "$1..");
    }

    private static boolean hasDebit(List<PurchaseStore.Line> lines, String unit, long amount) {
        return lines.stream()
                .anyMatch(line ->
                        line.direction().equals("debit") && line.unit().equals(unit) && line.amount() == amount);
    }
}
