package dev.quittance.billing.statement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The books by unit: what was debited and credited, account by account. All users' accounts of a unit are one line. */
record BooksView(List<UnitView> units) {
    BooksView {
        units = List.copyOf(units);
    }

    /** An account's sums. */
    record AccountView(String account, long debits, long credits, long balance) {}

    /** A unit's accounts, with their sums; they agree, or the books are wrong. */
    record UnitView(String unit, long debits, long credits, boolean isBalanced, List<AccountView> accounts) {
        UnitView {
            accounts = List.copyOf(accounts);
        }
    }

    /** One account of one unit. */
    record Line(String unit, String account, long debits, long credits) {}

    static BooksView of(List<Line> lines) {
        Map<String, List<Line>> byUnit = new LinkedHashMap<>();
        lines.forEach(line ->
                byUnit.computeIfAbsent(line.unit(), _ -> new ArrayList<>()).add(line));
        List<UnitView> units = new ArrayList<>();
        byUnit.forEach((unit, all) -> {
            long debits = all.stream().mapToLong(Line::debits).reduce(0, Math::addExact);
            long credits = all.stream().mapToLong(Line::credits).reduce(0, Math::addExact);
            units.add(new UnitView(
                    unit,
                    debits,
                    credits,
                    debits == credits,
                    all.stream()
                            .map(line -> new AccountView(
                                    line.account(), line.debits(), line.credits(), line.debits() - line.credits()))
                            .toList()));
        });
        return new BooksView(units);
    }
}
