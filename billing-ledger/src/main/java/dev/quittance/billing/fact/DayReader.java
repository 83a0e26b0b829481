package dev.quittance.billing.fact;

import dev.quittance.billing.fact.DaysMoved.Move;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.event.UnreadableEvent;
import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.provisioning.AccountShortened;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherRestored;
import dev.quittance.contracts.voucher.VoucherRevoked;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the others tell of vouchers and of the time that they gave. */
final class DayReader {
    /** In the books; in the calendar a month is as long as it is. */
    private static final long DAYS_OF_MONTH = 30;

    private static final Set<String> TYPES = Set.of(
            VoucherIssued.class.getSimpleName(),
            VoucherRedeemed.class.getSimpleName(),
            VoucherRevoked.class.getSimpleName(),
            VoucherRestored.class.getSimpleName(),
            AccountExtended.class.getSimpleName(),
            AccountShortened.class.getSimpleName());

    private DayReader() {}

    static boolean reads(String type) {
        return TYPES.contains(type);
    }

    static Reading<BillingFact> read(Incoming incoming) {
        try {
            DaysMoved fact = fact(EventCodec.read(incoming.type(), incoming.body()));
            return fact.days() == 0 ? new Reading.Ignored<>("no-days") : new Reading.Relevant<>(fact, Set.of());
        } catch (UnreadableEvent _) {
            return new Reading.Poison<>("UNREADABLE_EVENT", "not a readable " + incoming.type());
        }
    }

    private static DaysMoved fact(DomainEvent event) {
        return switch (event) {
            case VoucherIssued issued ->
                new DaysMoved(
                        issued.voucherId().toString(), Move.ISSUED, days(issued.term()), null, issued.occurredAt());
            case VoucherRedeemed redeemed ->
                new DaysMoved(
                        redeemed.voucherId().toString(),
                        Move.REDEEMED,
                        days(redeemed.term()),
                        null,
                        redeemed.occurredAt());
            case VoucherRevoked revoked ->
                new DaysMoved(
                        revoked.voucherId() + ":" + revoked.revision(),
                        revoked.redeemed() ? Move.TAKEN_BACK : Move.REVOKED,
                        days(revoked.term()),
                        null,
                        revoked.occurredAt());
            case VoucherRestored restored ->
                new DaysMoved(
                        restored.voucherId() + ":" + restored.revision(),
                        restored.redeemed() ? Move.GIVEN_BACK : Move.RESTORED,
                        days(restored.term()),
                        null,
                        restored.occurredAt());
            case AccountShortened shortened ->
                new DaysMoved(
                        shortened.cause(),
                        Move.OWED,
                        Math.max(0, shortened.daysShort()),
                        shortened.userId(),
                        shortened.occurredAt());
            case AccountExtended extended -> {
                // What it gave is booked by the voucher that gave it.
                AccountExtended.@Nullable Forgiven forgiven = extended.forgiven();
                yield new DaysMoved(
                        forgiven == null ? extended.cause() : forgiven.cause(),
                        Move.FORGIVEN,
                        forgiven == null ? 0 : Math.max(0, forgiven.days()),
                        extended.userId(),
                        extended.occurredAt());
            }
            case DomainEvent other -> throw new IllegalArgumentException("not of days: " + other.type());
        };
    }

    private static long days(VoucherTerm term) {
        return term.days() + DAYS_OF_MONTH * term.months();
    }
}
