package dev.quittance.billing.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quittance.contracts.stripe.Field;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads payment intents and charges, wherever an API version keeps their fields. */
final class PaymentReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> DETAILS = List.of("email", "name", "phone");
    private static final List<String> ADDRESS = List.of("city", "country", "line1", "line2", "postal_code", "state");

    /** Open states in the order in which they are passed; a later second still wins over a later state. */
    private static final List<String> INTENT_STEPS = List.of(
            "requires_payment_method", "requires_confirmation", "requires_action", "processing", "requires_capture");

    private static final Set<String> TERMS =
            Set.of("points", "credits", "voucher_months", "voucher_days", "package_id");

    private PaymentReader() {}

    static StripeFact intent(StripeEvent event) {
        StripeObject intent = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(intent.id());
        String status = needs.text(intent.text("status"), "STATUS");
        long amount = needs.amount(intent.integer("amount"), "AMOUNT");
        long received = needs.amountOrZero(intent.integer("amount_received"), "AMOUNT_RECEIVED");
        String currency = needs.currency(intent.currency("currency"));
        Instant createdAt = needs.objectTime();
        Version version = needs.version(intentRank(status), INTENT_STEPS.indexOf(status));
        return needs.factOrUnusable(() -> new IntentSeen(
                event.account(),
                id,
                status,
                amount,
                received,
                currency,
                intent.id("customer").orNull(),
                intent.id("invoice").orNull(),
                intent.text("receipt_email").orNull(),
                terms(intent.metadata()),
                createdAt,
                version));
    }

    /** Metadata that names no terms may be about anything, and is not kept. */
    private static Map<String, String> terms(Map<String, String> metadata) {
        return TERMS.stream().anyMatch(metadata::containsKey)
                        || (metadata.containsKey("plan") && metadata.containsKey("credits"))
                ? metadata
                : Map.of();
    }

    static StripeFact charge(StripeEvent event) {
        StripeObject charge = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(charge.id());
        boolean paid = charge.flag("paid").orElse(event.type().equals("charge.succeeded"));
        String status = chargeStatus(charge.text("status").orElse(""), paid);
        long amount = needs.amount(charge.integer("amount"), "AMOUNT");
        long captured = needs.amountOrZero(charge.integer("amount_captured"), "AMOUNT_CAPTURED");
        long refunded = needs.amountOrZero(charge.integer("amount_refunded"), "AMOUNT_REFUNDED");
        String currency = needs.currency(charge.currency("currency"));
        BalanceTransaction transaction = balanceTransaction(charge, needs);
        List<RefundSeen> refunds = refunds(event, needs);
        Instant createdAt = needs.objectTime();
        Version version = needs.version(chargeRank(status), 0);
        return needs.factOrUnusable(() -> new ChargeSeen(
                event.account(),
                id,
                charge.id("payment_intent").orNull(),
                status,
                paid,
                charge.flag("captured").orElse(paid),
                amount,
                captured,
                refunded,
                currency,
                charge.id("customer").orNull(),
                charge.id("invoice").orNull(),
                charge.id("balance_transaction").orNull(),
                transaction,
                charge.text("failure_code").orNull(),
                charge.text("payment_method_details.card.wallet.type", "payment_method_details.type")
                        .orNull(),
                charge.text("receipt_email").orNull(),
                billingDetails(charge.object("billing_details")),
                createdAt,
                refunds,
                areWhole(event, refunds, refunded),
                version));
    }

    private static List<RefundSeen> refunds(StripeEvent event, Needs needs) {
        return switch (event.type()) {
            case "charge.refunded" -> embedded(event, needs);
            case "charge.failed" -> returned(event);
            default -> List.of();
        };
    }

    private static List<RefundSeen> embedded(StripeEvent event, Needs needs) {
        List<RefundSeen> refunds = new ArrayList<>();
        StripeObject charge = event.object();
        String intent = charge.id("payment_intent").orNull();
        for (StripeObject object : charge.list("refunds")) {
            switch (ConcernReader.refund(event, object)) {
                case RefundSeen refund -> refunds.add(refund.of(charge.id().orNull(), intent));
                case Unusable unusable -> needs.miss("REFUND_" + unusable.reason());
                case StripeFact _ -> throw new IllegalStateException("not a refund");
            }
        }
        return refunds;
    }

    /** A payment that had succeeded and was called back by the customer's bank: only such have a movement of their failure. */
    private static List<RefundSeen> returned(StripeEvent event) {
        StripeObject charge = event.object();
        String id = charge.id().orNull();
        String currency = charge.currency("currency").orNull();
        long amount = charge.integer("amount_captured").orElse(0L);
        if (id == null
                || currency == null
                || !charge.id("failure_balance_transaction").isPresent()) {
            return List.of();
        }
        Needs needs = new Needs(event);
        return List.of(new RefundSeen(
                event.account(),
                id,
                id,
                charge.id("payment_intent").orNull(),
                "succeeded",
                amount > 0 ? amount : Math.max(0, charge.integer("amount").orElse(0L)),
                currency,
                RefundSeen.RETURNED,
                charge.text("failure_code").orNull(),
                charge.id("failure_balance_transaction").orNull(),
                needs.objectTime(),
                needs.version(1, 0)));
    }

    private static boolean areWhole(StripeEvent event, List<RefundSeen> refunds, long refunded) {
        return !event.type().equals("charge.refunded")
                || refunded
                        == refunds.stream()
                                .filter(refund -> !refund.isOff())
                                .mapToLong(RefundSeen::amountMinor)
                                .sum();
    }

    private static @Nullable BalanceTransaction balanceTransaction(StripeObject charge, Needs needs) {
        StripeObject transaction = charge.object("balance_transaction");
        Field<String> id = transaction.id();
        Field<Long> fee = transaction.integer("fee");
        if (!id.isPresent() || fee instanceof Field.Absent<Long>) {
            return null;
        }
        long feeMinor = needs.amount(fee, "FEE");
        String currency = needs.currency(transaction.currency("currency"));
        return new BalanceTransaction(id.orElse(""), feeMinor, currency);
    }

    private static int intentRank(String status) {
        return switch (status) {
            case "succeeded" -> 2;
            case "canceled" -> 1;
            default -> 0;
        };
    }

    /** Old charges have no status, or one that was later renamed. */
    private static String chargeStatus(String status, boolean paid) {
        return switch (status) {
            case "" -> paid ? "succeeded" : "failed";
            case "paid" -> "succeeded";
            default -> status;
        };
    }

    private static int chargeRank(String status) {
        return switch (status) {
            case "failed" -> 2;
            case "succeeded" -> 1;
            default -> 0;
        };
    }

    private static @Nullable String billingDetails(StripeObject details) {
        if (!details.exists()) {
            return null;
        }
        Map<String, Object> kept = new TreeMap<>(texts(details, DETAILS));
        Map<String, String> address = texts(details.object("address"), ADDRESS);
        if (!address.isEmpty()) {
            kept.put("address", address);
        }
        return json(kept);
    }

    private static Map<String, String> texts(StripeObject object, List<String> names) {
        Map<String, String> texts = new TreeMap<>();
        for (String name : names) {
            object.text(name).toOptional().ifPresent(text -> texts.put(name, text));
        }
        return texts;
    }

    private static String json(Map<String, Object> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts could not be written", e);
        }
    }
}
