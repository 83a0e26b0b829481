package dev.quittance.provisioning.account;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that moves an account's expiry: time that is given, taken back, or given back.
 *
 * @param businessKey what makes it count once
 * @param startsAt from when it counts: the redemption, the period's beginning, the reversal
 * @param months with {@code days} a voucher's term; both 0 when {@code seconds} says how long
 * @param invoice the paid invoice that the time comes from, when it is one
 * @param target of a taking and a giving back: the business key of the time that is meant
 * @param after the business key of the move that must be there first, when there is one
 */
public record TimeMove(
        String businessKey,
        Kind kind,
        String accountNumber,
        Instant startsAt,
        int months,
        int days,
        long seconds,
        @Nullable UUID voucherId,
        @Nullable Invoice invoice,
        @Nullable String target,
        @Nullable String after) {
    public TimeMove {
        requireNonNull(businessKey, "businessKey is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(accountNumber, "accountNumber is null");
        // As precise as it is kept.
        startsAt = startsAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** What a move does. */
    public enum Kind {
        EXTEND("extend"),
        TAKE("take"),
        GIVE("give");

        private final String token;

        Kind(String token) {
            this.token = token;
        }

        /** As it is stored. */
        public String token() {
            return token;
        }

        public static Kind of(String token) {
            return Arrays.stream(values())
                    .filter(kind -> kind.token.equals(token))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such kind"));
        }
    }

    /** A paid invoice of a subscription. */
    public record Invoice(String stripeAccount, String subscriptionId, String invoiceId) {}

    /** A redeemed voucher's time. */
    public static TimeMove redeemed(UUID voucherId, String accountNumber, VoucherTerm term, Instant at) {
        return new TimeMove(
                "expiry:" + voucherId,
                Kind.EXTEND,
                accountNumber,
                at,
                term.months(),
                term.days(),
                0,
                voucherId,
                null,
                null,
                null);
    }

    /** A redeemed voucher's time, taken back. */
    public static TimeMove revoked(UUID voucherId, String accountNumber, long revision, Instant at) {
        String time = "expiry:" + voucherId;
        return new TimeMove(
                takeback(voucherId, revision), Kind.TAKE, accountNumber, at, 0, 0, 0, voucherId, null, time, time);
    }

    /** What was taken back of a voucher's time, given back. */
    public static TimeMove restored(UUID voucherId, String accountNumber, long revision, Instant at) {
        return new TimeMove(
                "giveback:" + voucherId + ":" + revision,
                Kind.GIVE,
                accountNumber,
                at,
                0,
                0,
                0,
                voucherId,
                null,
                "expiry:" + voucherId,
                takeback(voucherId, revision - 1));
    }

    /** The period that a line of an invoice pays for. */
    public static TimeMove paid(String accountNumber, Invoice invoice, String lineId, Instant start, Instant end) {
        return new TimeMove(
                "expiry:" + invoice.invoiceId() + ":" + lineId,
                Kind.EXTEND,
                accountNumber,
                start,
                0,
                0,
                end.getEpochSecond() - start.getEpochSecond(),
                null,
                invoice,
                null,
                null);
    }

    /** Time that was paid for before and is credited by a line of an invoice. */
    public static TimeMove credited(String accountNumber, Invoice invoice, String lineId, Instant start, Instant end) {
        String line = invoice.invoiceId() + ":" + lineId;
        return new TimeMove(
                "credit:" + line,
                Kind.TAKE,
                accountNumber,
                start,
                0,
                0,
                end.getEpochSecond() - start.getEpochSecond(),
                null,
                invoice,
                "expiry:" + line,
                null);
    }

    /**
     * What happens to the time that an invoice gave when its payment goes back, or when that is undone.
     *
     * @param time the business key of that time
     */
    public static TimeMove reversed(
            Kind kind, String accountNumber, Invoice invoice, String time, long revision, Instant at) {
        String name = kind == Kind.TAKE ? "takeback:" : "giveback:";
        return new TimeMove(
                name + time.substring(time.indexOf(':') + 1) + ":" + revision,
                kind,
                accountNumber,
                at,
                0,
                0,
                0,
                null,
                invoice,
                time,
                null);
    }

    private static String takeback(UUID voucherId, long revision) {
        return "takeback:" + voucherId + ":" + revision;
    }

    /** What it waits for that names an account which is not there. */
    public String accountSubject() {
        return "account:" + accountNumber;
    }
}
