package dev.quittance.billing.reversal;

import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A settled purchase with everything that befell its payments, and what was told and booked of that before.
 *
 * @param revision counts what was told of it, zero when nothing was
 * @param applied what each reversal takes, as it was told last, by its id
 * @param surplus what was paid of it beyond what was due
 * @param holds what was told to hold it, by its id: whether it was released again
 */
record Standing(
        String anchor,
        String account,
        UUID userId,
        String accountNumber,
        Money paid,
        long points,
        long credits,
        long revision,
        long pointsTaken,
        long creditsTaken,
        Surplus surplus,
        List<Claim> refunds,
        List<Disputed> disputes,
        List<Doubt> doubts,
        Map<String, Applied> applied,
        Map<String, Boolean> holds) {
    Standing {
        Objects.requireNonNull(anchor, "anchor is null");
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(paid, "paid is null");
        Objects.requireNonNull(surplus, "surplus is null");
        refunds = List.copyOf(refunds);
        disputes = List.copyOf(disputes);
        doubts = List.copyOf(doubts);
        applied = Map.copyOf(applied);
        holds = Map.copyOf(holds);
    }

    /**
     * What was paid beyond what was due. It gave nothing, so nothing is taken when it goes back.
     *
     * @param excessMinor how much that is, as far as is known now
     * @param bookedMinor how much of it was booked before
     * @param returnedMinor how much of that was booked as given back
     * @param revision counts what was booked of it
     */
    record Surplus(long excessMinor, long bookedMinor, long returnedMinor, long revision, Instant at) {
        static final Surplus NONE = new Surplus(0, 0, 0, 0, Instant.EPOCH);
    }

    /** Money of the purchase that went back, before it is known whether so much is left of it. */
    record Claim(String id, String cause, long amountMinor, Instant at) {}

    /** What a reversal takes. */
    record Applied(String cause, long amountMinor, Instant at) {}

    /**
     * A dispute.
     *
     * @param movedMinor what it took from us and did not give back, in {@code movedCurrency}
     * @param movedCurrency empty when no movement is known, or when they are in several currencies
     */
    record Disputed(
            String id,
            String status,
            long amountMinor,
            String currency,
            boolean withdrawn,
            boolean reinstated,
            boolean movementsKnown,
            long movedMinor,
            String movedCurrency,
            Instant at) {}

    /** Something that makes the purchase doubtful while it is open. */
    record Doubt(String id, String reason, boolean open, Instant at) {}
}
