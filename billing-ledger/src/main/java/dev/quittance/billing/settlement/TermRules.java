package dev.quittance.billing.settlement;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads terms from metadata: {@code points}, {@code credits}, and {@code voucher_months} or {@code voucher_days}. People type
 * metadata; what cannot be meant is never rounded to something that can.
 */
final class TermRules {
    static final long NUMBER_MAX = 1_000_000_000;

    /** Each kind of term is named by any of its keys; who names a kind, names it whole. */
    private static final List<Set<String>> KINDS =
            List.of(Set.of("points"), Set.of("credits"), Set.of("voucher_months", "voucher_days"));

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final TermReading SILENT = new TermReading.Silent();

    private TermRules() {}

    static TermReading read(Map<String, String> metadata) {
        @Nullable String points = metadata.get("points");
        @Nullable String credits = metadata.get("credits");
        @Nullable String months = metadata.get("voucher_months");
        @Nullable String days = metadata.get("voucher_days");
        if (points == null && credits == null && months == null && days == null) {
            return SILENT;
        }
        OptionalLong givenPoints = number(points);
        OptionalLong givenCredits = number(credits);
        OptionalLong givenMonths = number(months);
        OptionalLong givenDays = number(days);
        if (givenPoints.isEmpty()) {
            return new TermReading.Malformed("POINTS_MALFORMED");
        }
        if (givenCredits.isEmpty()) {
            return new TermReading.Malformed("CREDITS_MALFORMED");
        }
        if (givenMonths.isEmpty() || givenDays.isEmpty()) {
            return new TermReading.Malformed("VOUCHER_TERM_MALFORMED");
        }
        boolean voucher = months != null || days != null;
        if (voucher && !VoucherTerm.isValid(givenMonths.getAsLong(), givenDays.getAsLong())) {
            return new TermReading.Malformed("VOUCHER_TERM_MALFORMED");
        }
        List<VoucherTerm> vouchers = voucher
                ? List.of(new VoucherTerm((int) givenMonths.getAsLong(), (int) givenDays.getAsLong()))
                : List.of();
        return new TermReading.Given(new Terms(givenPoints.getAsLong(), givenCredits.getAsLong(), vouchers));
    }

    /** What the nearer metadata says, and of the kinds that it does not name what the farther says. */
    static Map<String, String> nearest(Map<String, String> nearer, Map<String, String> farther) {
        Map<String, String> named = unnamed(farther, nearer);
        KINDS.stream().flatMap(Set::stream).filter(nearer::containsKey).forEach(key -> named.put(key, nearer.get(key)));
        return named;
    }

    /** The terms of metadata without the kinds that other metadata names. */
    static Map<String, String> unnamed(Map<String, String> metadata, Map<String, String> named) {
        Map<String, String> terms = new HashMap<>();
        for (Set<String> kind : KINDS) {
            if (!names(named, kind)) {
                kind.stream().filter(metadata::containsKey).forEach(key -> terms.put(key, metadata.get(key)));
            }
        }
        return terms;
    }

    /** Whether there is nothing that another place could add. */
    static boolean namesAll(Map<String, String> metadata) {
        return KINDS.stream().allMatch(kind -> names(metadata, kind));
    }

    private static boolean names(Map<String, String> metadata, Set<String> kind) {
        return kind.stream().anyMatch(metadata::containsKey);
    }

    /** The terms of all lines, each times its quantity; {@code null} when that is more than a purchase may give. */
    static @Nullable Terms sum(List<Terms> each, List<Long> quantities) {
        long points = 0;
        long credits = 0;
        List<VoucherTerm> vouchers = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            Terms terms = each.get(i);
            long quantity = quantities.get(i);
            if (quantity > NUMBER_MAX
                    || vouchers.size() + terms.vouchers().size() * quantity > PaymentSettled.VOUCHERS_MAX) {
                return null;
            }
            points += terms.points() * quantity;
            credits += terms.credits() * quantity;
            if (points < 0 || points > NUMBER_MAX || credits < 0 || credits > NUMBER_MAX) {
                return null;
            }
            terms.vouchers().forEach(term -> vouchers.addAll(Collections.nCopies((int) quantity, term)));
        }
        return new Terms(points, credits, vouchers);
    }

    /** Zero where nothing stands; empty where something stands that is no number from one to the maximum. */
    private static OptionalLong number(@Nullable String text) {
        if (text == null) {
            return OptionalLong.of(0);
        }
        if (!NUMBER.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(text);
        return number >= 1 && number <= NUMBER_MAX ? OptionalLong.of(number) : OptionalLong.empty();
    }
}
