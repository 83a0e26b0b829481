package dev.quittance.billing.fact;

import dev.quittance.contracts.stripe.Field;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads invoices with their lines, credit notes, and which payment paid which invoice, wherever an API version keeps it. */
final class InvoiceReader {
    private static final String LINES = "lines";

    private InvoiceReader() {}

    static StripeFact invoice(StripeEvent event) {
        StripeObject invoice = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(invoice.id());
        String status = event.type().equals("invoice.deleted")
                ? "deleted"
                : invoice.text("status").orElse(invoice.flag("paid").orElse(false) ? "paid" : "open");
        long total = needs.signedAmount(invoice.integer("total"), "TOTAL");
        long paid = needs.amountOrZero(invoice.integer("amount_paid"), "AMOUNT_PAID");
        String currency = needs.currency(invoice.currency("currency"));
        Instant createdAt = needs.objectTime();
        List<InvoiceLine> lines = lines(invoice, needs);
        Version version = needs.version(rank(status), 0);
        return needs.factOrUnusable(() -> new InvoiceSeen(
                event.account(),
                id,
                status,
                invoice.text("billing_reason").orNull(),
                invoice.id("customer").orNull(),
                invoice.id("parent.subscription_details.subscription", "subscription")
                        .orNull(),
                total,
                paid,
                tax(invoice),
                amountOrNull(invoice.integer("amount_due")),
                currency,
                metadata(invoice),
                intents(invoice),
                shares(invoice),
                lines,
                createdAt,
                version));
    }

    static StripeFact payment(StripeEvent event) {
        StripeObject payment = event.object();
        String invoice = payment.id("invoice").orNull();
        String intent = payment.id("payment.payment_intent").orNull();
        // One by a charge of old or by nothing of Stripe's says nothing that we could use.
        return invoice == null || intent == null
                ? new Unusable(payment.id().orElse(event.id()), "PAYMENT_ABSENT")
                : new InvoicePaymentSeen(
                        event.account(), invoice, intent, amountOrNull(payment.integer("amount_paid")));
    }

    static StripeFact creditNote(StripeEvent event) {
        StripeObject note = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(note.id());
        String invoice = needs.text(note.id("invoice"), "INVOICE");
        String currency = needs.currency(note.currency("currency"));
        long amount = needs.amount(note.integer("amount", "total"), "AMOUNT");
        long given = note.text("type").orElse("").equals("pre_payment")
                ? 0
                : needs.amountOrZero(note.integer("post_payment_amount"), "POST_PAYMENT_AMOUNT");
        boolean isPost = note.text("type").orElse("post_payment").equals("post_payment");
        long back = given > 0 ? given : isPost ? amount : 0;
        String status = event.type().equals("credit_note.voided")
                ? "void"
                : note.text("status").orElse("issued");
        Instant createdAt = needs.objectTime();
        Version version = needs.version(status.equals("void") ? 1 : 0, 0);
        return needs.factOrUnusable(() -> new CreditNoteSeen(
                event.account(), id, invoice, status, back, refunded(note, back), currency, createdAt, version));
    }

    /** All of it where the note names its refund without saying how much. */
    private static long refunded(StripeObject note, long back) {
        long sum = note.list("refunds").stream()
                .mapToLong(
                        refund -> Math.max(0, refund.integer("amount_refunded").orElse(0L)))
                .sum();
        if (sum == 0 && note.id("refund").isPresent()) {
            return back;
        }
        return Math.min(back, sum);
    }

    private static List<InvoiceLine> lines(StripeObject invoice, Needs needs) {
        if (invoice.hasMore(LINES)) {
            return List.of();
        }
        List<InvoiceLine> lines = new ArrayList<>();
        for (StripeObject line : invoice.list(LINES)) {
            String id = line.id().orNull();
            if (id == null) {
                return List.of();
            }
            StripeObject price = line.object("price", "pricing.price_details.price", "plan");
            StripeObject product = price.object("product");
            lines.add(new InvoiceLine(
                    id,
                    line.id("pricing.price_details.price", "price", "plan").orNull(),
                    line.id("pricing.price_details.product", "price.product", "plan.product")
                            .orNull(),
                    Math.max(0, line.integer("quantity").orElse(1L)),
                    needs.signedAmount(line.integer("amount"), "LINE_AMOUNT"),
                    unitAmount(line),
                    line.flag(
                                    "parent.subscription_item_details.proration",
                                    "parent.invoice_item_details.proration",
                                    "proration")
                            .orElse(false),
                    line.time("period.end").orNull(),
                    price.exists() ? price.metadata() : null,
                    product.exists() ? product.metadata() : null));
        }
        return lines;
    }

    private static @Nullable Long unitAmount(StripeObject line) {
        Field<Long> amount = line.integer("price.unit_amount", "plan.amount");
        return amount.orNull();
    }

    /** In each shape that Stripe has had for it. */
    private static long tax(StripeObject invoice) {
        long listed = Stream.of("total_taxes", "total_tax_amounts")
                .map(invoice::list)
                .filter(list -> !list.isEmpty())
                .findFirst()
                .orElse(List.of())
                .stream()
                .mapToLong(tax -> Math.max(0, tax.integer("amount").orElse(0L)))
                .sum();
        return listed > 0 ? listed : Math.max(0, invoice.integer("tax").orElse(0L));
    }

    private static Map<String, String> metadata(StripeObject invoice) {
        Map<String, String> metadata =
                new HashMap<>(invoice.object("parent.subscription_details", "subscription_details")
                        .metadata());
        metadata.putAll(invoice.metadata());
        return metadata;
    }

    private static List<String> intents(StripeObject invoice) {
        return Stream.concat(
                        Stream.ofNullable(invoice.id("payment_intent").orNull()),
                        invoice.list("payments").stream()
                                .map(payment ->
                                        payment.id("payment.payment_intent").orNull())
                                .filter(Objects::nonNull))
                .distinct()
                .toList();
    }

    private static Map<String, Long> shares(StripeObject invoice) {
        Map<String, Long> shares = new HashMap<>();
        for (StripeObject payment : invoice.list("payments")) {
            String intent = payment.id("payment.payment_intent").orNull();
            Long amount = amountOrNull(payment.integer("amount_paid"));
            if (intent != null
                    && amount != null
                    && payment.text("status").orElse("").equals("paid")) {
                shares.merge(intent, amount, Math::max);
            }
        }
        return shares;
    }

    private static @Nullable Long amountOrNull(Field<Long> amount) {
        Long minor = amount.orNull();
        return minor == null || minor < 0 || minor > Needs.AMOUNT_MINOR_MAX ? null : minor;
    }

    private static int rank(String status) {
        return switch (status) {
            case "deleted" -> 4;
            case "paid" -> 3;
            case "void" -> 2;
            case "uncollectible" -> 1;
            default -> 0;
        };
    }
}
