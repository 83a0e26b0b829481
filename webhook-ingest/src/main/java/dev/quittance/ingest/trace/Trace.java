package dev.quittance.ingest.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of events.
 *
 * @param told of each event by itself
 * @param effects of all of them together, since a purchase is told by several
 */
public record Trace(Map<Traced.Question, Told> told, Effects effects) {
    public Trace {
        told = Map.copyOf(told);
    }

    /** Of the event of this id and account; nothing when it was not asked about. */
    public @Nullable Told of(String account, String eventId) {
        return told.get(new Traced.Question(account, eventId));
    }

    /**
     * Of one event.
     *
     * @param repeated its later deliveries
     * @param entries what it booked
     */
    public record Told(List<Outcome> outcomes, List<Repeat> repeated, List<Entry> entries) {
        public Told {
            outcomes = List.copyOf(outcomes);
            repeated = List.copyOf(repeated);
            entries = List.copyOf(entries);
        }
    }

    /**
     * Of the purchases that the events belong to.
     *
     * @param unanswered the services whose slice could not be asked
     */
    public record Effects(
            List<Purchase> purchases,
            List<Voucher> vouchers,
            List<ExpiryChange> expiryChanges,
            List<String> unanswered) {
        public Effects {
            purchases = List.copyOf(purchases);
            vouchers = List.copyOf(vouchers);
            expiryChanges = List.copyOf(expiryChanges);
            unanswered = List.copyOf(unanswered);
        }
    }

    /** A delivery after the first. */
    public record Repeat(Instant receivedAt, String origin, int partition, long offset, boolean sameBody) {}

    /** A journal entry that the event caused. */
    public record Entry(
            long entry,
            String businessKey,
            String rule,
            @JsonRawValue String lines,
            Instant occurredAt,
            Instant recordedAt) {}

    /**
     * A settled purchase that the event belongs to.
     *
     * @param told what the services say of the news of it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Purchase(
            String anchor,
            @Nullable String payment,
            long amountMinor,
            String currency,
            long points,
            long credits,
            int vouchers,
            Instant settledAt,
            List<Outcome> told) {
        public Purchase {
            told = List.copyOf(told);
        }

        Purchase withTold(List<Outcome> outcomes) {
            return new Purchase(anchor, payment, amountMinor, currency, points, credits, vouchers, settledAt, outcomes);
        }
    }

    /** A voucher of such a purchase. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Voucher(
            String id,
            String anchor,
            int unit,
            String origin,
            String status,
            int months,
            int days,
            @Nullable String subscription,
            @Nullable String revokedBy,
            Instant issuedAt,
            @Nullable Instant redeemedAt) {}

    /** How an account's time was moved by such a voucher or by the invoice. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ExpiryChange(
            String kind,
            @Nullable String voucher,
            @Nullable String invoice,
            String account,
            int months,
            int days,
            long seconds,
            @Nullable Instant from,
            @Nullable Instant to,
            String cause,
            Instant movedAt) {}
}
