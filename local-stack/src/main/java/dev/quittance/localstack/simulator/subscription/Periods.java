package dev.quittance.localstack.simulator.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quittance.localstack.simulator.invoice.InvoiceLines;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** When a period ends, and what is left of it: counted from the anchor, so that the 31st comes back after February. */
final class Periods {
    private static final int PERIODS_MAX = 100_000;

    private Periods() {}

    /** The first end of a period after {@code start}. */
    static InvoiceLines.Period from(long anchor, long start, JsonNode recurring) {
        OffsetDateTime first = Instant.ofEpochSecond(anchor).atOffset(ZoneOffset.UTC);
        long count = recurring.path("interval_count").asLong(1);
        String interval = recurring.path("interval").asText();
        for (int n = 1; n <= PERIODS_MAX; n++) {
            long end = plus(first, interval, count * n).toEpochSecond();
            if (end > start) {
                return new InvoiceLines.Period(start, end);
            }
        }
        throw new IllegalStateException("the anchor is too far from the period");
    }

    /** The part of the amount that is for the time from {@code now} on, rounded half up. */
    static long unused(long amount, InvoiceLines.Period period, long now) {
        long whole = period.end() - period.start();
        long left = Math.clamp(period.end() - now, 0, whole);
        return whole == 0 ? 0 : (2 * amount * left + whole) / (2 * whole);
    }

    private static OffsetDateTime plus(OffsetDateTime from, String interval, long count) {
        return switch (interval) {
            case "day" -> from.plusDays(count);
            case "week" -> from.plusWeeks(count);
            case "month" -> from.plusMonths(count);
            case "year" -> from.plusYears(count);
            default -> throw new IllegalStateException("no such interval: " + interval);
        };
    }
}
