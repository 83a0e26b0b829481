package dev.quittance.billing.reconciliation;

import dev.quittance.billing.reconciliation.Difference.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Under which keys a movement is booked, and whether what is booked is what moved. */
final class ReconciliationRules {
    private static final Pattern DISPUTE = Pattern.compile("(dp|du)_.*");

    private ReconciliationRules() {}

    /** The same of our own account. */
    static List<String> keys(Movement movement) {
        return keys("", movement);
    }

    /** Every key that an entry for this movement may have; the fee's is always the last. */
    static List<String> keys(String account, Movement movement) {
        String fee = feeKey(movement);
        @Nullable String id = movement.sourceId();
        if (id == null) {
            return List.of(fee);
        }
        String source = account.isEmpty() ? id : account + "/" + id;
        return switch (movement.kind()) {
            case "charge", "payment" -> List.of("charge:" + source + ":gross", fee);
            case "refund", "payment_refund" -> List.of("refund:" + source, fee);
            case "refund_failure", "payment_failure_refund" -> List.of("refund_reversal:" + source, fee);
            case "adjustment" ->
                List.of(
                        "dispute:" + source + ":withdrawn:" + movement.id(),
                        "dispute:" + source + ":reinstated:" + movement.id(),
                        fee);
            case "payout" -> List.of("payout:" + source, fee);
            case "payout_failure", "payout_cancel" -> List.of("payout_reversal:" + source, fee);
            default -> List.of(fee);
        };
    }

    /** What the entries did to the clearing account of the movement's currency. */
    static long sum(Movement movement, List<Booked> booked) {
        return booked.stream()
                .filter(one -> one.currency().equals(movement.currency()))
                .mapToLong(Booked::minor)
                .reduce(0, Math::addExact);
    }

    static Optional<Difference> compare(Movement movement, List<Booked> booked) {
        long sum = sum(movement, booked);
        if (booked.stream().anyMatch(one -> !one.currency().equals(movement.currency()))) {
            return difference(Kind.CURRENCY_DIFFERS, movement, sum);
        }
        if (sum == movement.netMinor()) {
            return Optional.empty();
        }
        boolean isKnown = keys(movement).size() > 1;
        boolean isFeeBooked = booked.stream().anyMatch(one -> one.businessKey().equals(feeKey(movement)));
        boolean isBooked = booked.stream().anyMatch(one -> !one.businessKey().equals(feeKey(movement)));
        if (!isBooked) {
            return difference(isKnown ? Kind.NOT_BOOKED : Kind.KIND_NOT_BOOKED, movement, sum);
        }
        if (!isFeeBooked && sum == movement.amountMinor()) {
            return difference(Kind.FEE_NOT_BOOKED, movement, sum);
        }
        long fee = booked.stream()
                .filter(one -> one.businessKey().equals(feeKey(movement)))
                .mapToLong(Booked::minor)
                .reduce(0, Math::addExact);
        boolean isGrossRight = sum - fee == movement.amountMinor();
        return difference(isGrossRight ? Kind.FEE_DIFFERS : Kind.AMOUNT_DIFFERS, movement, sum);
    }

    private static Optional<Difference> difference(Kind kind, Movement movement, long booked) {
        return Optional.of(new Difference(kind, movement.id(), movement.currency(), movement.netMinor(), booked));
    }

    /** The dispute that Stripe is to be asked about, since what it moved is not booked: an event has not come. */
    static Optional<String> missedDispute(Movement movement, Difference difference) {
        @Nullable String source = movement.sourceId();
        return difference.kind() == Kind.NOT_BOOKED
                        && movement.kind().equals("adjustment")
                        && source != null
                        && DISPUTE.matcher(source).matches()
                ? Optional.of(source)
                : Optional.empty();
    }

    private static String feeKey(Movement movement) {
        return "fee:" + movement.id();
    }
}
