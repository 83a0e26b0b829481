package dev.quittance.contracts.voucher;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * How much time a voucher gives: calendar months, or days of 24 hours. Exactly one of the two is positive.
 */
public record VoucherTerm(int months, int days) {
    public static final int MONTHS_MAX = 120;
    public static final int DAYS_MAX = 3_660;

    public VoucherTerm {
        if (!isValid(months, days)) {
            throw new IllegalArgumentException("not a term: " + months + " months, " + days + " days");
        }
    }

    public static boolean isValid(long months, long days) {
        return (months > 0 && months <= MONTHS_MAX && days == 0) || (days > 0 && days <= DAYS_MAX && months == 0);
    }

    public static VoucherTerm ofMonths(int months) {
        return new VoucherTerm(months, 0);
    }

    public static VoucherTerm ofDays(int days) {
        return new VoucherTerm(0, days);
    }

    /** {@code start} moved by the term in UTC; a month that is too short gives its last day. */
    public Instant after(Instant start) {
        return start.atZone(ZoneOffset.UTC).plusMonths(months).plusDays(days).toInstant();
    }
}
