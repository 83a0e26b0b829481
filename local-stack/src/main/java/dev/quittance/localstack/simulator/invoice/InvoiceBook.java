package dev.quittance.localstack.simulator.invoice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes invoices and moves them through their states; the money is the {@link Collector}'s. */
public final class InvoiceBook {
    /** An event or an invoice shows so many of its lines; the rest is fetched page by page. */
    public static final int LINES_SHOWN = 10;

    private final World world;
    private final ObjectShelf shelf;
    private final EventLog events;
    private final Map<String, List<ObjectNode>> lines = new HashMap<>();
    private int numbers;

    public InvoiceBook(World world) {
        this.world = world;
        this.shelf = world.shelf();
        this.events = world.events();
    }

    /** A draft of these lines for the subscription's customer. */
    public ObjectNode draft(
            ObjectNode subscription, String reason, InvoiceLines.Period period, List<ObjectNode> billed) {
        ObjectNode invoice = unsaved(subscription, reason, period, billed);
        String id = world.ids().invoice();
        invoice.put("id", id);
        billed.forEach(line -> line.put("invoice", id));
        show(invoice, billed);
        lines.put(id, List.copyOf(billed));
        shelf.put(invoice);
        lines.keySet().removeIf(known -> shelf.find(known) == null);
        events.emit("invoice.created", invoice, Call.Cause.NOBODY);
        return invoice;
    }

    /** As {@code invoice.upcoming} has it: an invoice that does not exist yet, so it has no id. */
    public void tellUpcoming(ObjectNode subscription, InvoiceLines.Period period, List<ObjectNode> billed) {
        ObjectNode invoice = unsaved(subscription, "upcoming", period, billed);
        invoice.remove("id");
        show(invoice, billed);
        events.emit("invoice.upcoming", invoice, Call.Cause.NOBODY);
    }

    private ObjectNode unsaved(
            ObjectNode subscription, String reason, InvoiceLines.Period period, List<ObjectNode> billed) {
        ObjectNode customer = customer(subscription);
        long total =
                billed.stream().mapToLong(line -> line.path("amount").asLong()).sum();
        ObjectNode invoice = Shapes.fresh("invoice");
        invoice.put("billing_reason", reason);
        invoice.put("created", world.clock().seconds());
        invoice.set("currency", subscription.path("currency"));
        invoice.set("customer", subscription.path("customer"));
        invoice.set("customer_email", customer.path("email"));
        invoice.set("customer_name", customer.path("name"));
        invoice.set("customer_phone", customer.path("phone"));
        invoice.put("period_start", period.start());
        invoice.put("period_end", period.end());
        invoice.put("starting_balance", customer.path("balance").asLong());
        for (String sum : new String[] {"subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax"}) {
            invoice.put(sum, total);
        }
        setDue(invoice, Math.max(0, total + customer.path("balance").asLong()));
        ObjectNode parent = invoice.putObject("parent");
        parent.putNull("quote_details");
        ObjectNode details = parent.putObject("subscription_details");
        details.set("metadata", subscription.path("metadata").deepCopy());
        details.put("subscription", subscription.path("id").asText());
        parent.put("type", "subscription_details");
        return invoice;
    }

    /** From now on the invoice is owed; the customer's balance at Stripe pays what it can. */
    public void finalizeDraft(ObjectNode invoice, Call.Cause cause) {
        requireStatus(invoice, "draft");
        ObjectNode customer = customer(invoice);
        long owed = invoice.path("total").asLong() + customer.path("balance").asLong();
        long remaining = Math.min(0, owed);
        invoice.put("starting_balance", customer.path("balance").asLong());
        invoice.put("ending_balance", remaining);
        setDue(invoice, Math.max(0, owed));
        if (remaining != customer.path("balance").asLong()) {
            ObjectNode before = customer.deepCopy();
            customer.put("balance", remaining);
            events.emitChange("customer.updated", before, customer, cause);
        }
        invoice.put("status", "open");
        invoice.put("number", "SIM-%06d".formatted(++numbers));
        invoice.put("effective_at", world.clock().seconds());
        invoice.putNull("automatically_finalizes_at");
        String page = "https://invoice.stripe.com/i/" + invoice.path("id").asText();
        invoice.put("hosted_invoice_url", page);
        invoice.put("invoice_pdf", page + "/pdf");
        mark(invoice, "finalized_at");
        events.emit("invoice.finalized", invoice, cause);
    }

    /** What a merchant may still say of an invoice, whatever its state. */
    void update(ObjectNode invoice, Params params, Call.Cause cause) {
        ObjectNode before = invoice.deepCopy();
        params.copyTexts(invoice, "description", "footer");
        params.mergeMetadata(invoice);
        events.emitChange("invoice.updated", before, invoice, cause);
    }

    /** @param before as it was before the attempt that paid it */
    public void markPaid(ObjectNode before, ObjectNode invoice, Call.Cause cause) {
        invoice.put("status", "paid");
        invoice.put("amount_paid", invoice.path("amount_due").asLong());
        invoice.put("amount_remaining", 0);
        invoice.put("auto_advance", false);
        invoice.putNull("next_payment_attempt");
        mark(invoice, "paid_at");
        events.emitChange("invoice.updated", before, invoice, cause);
        events.emit("invoice.paid", invoice, cause);
        events.emit("invoice.payment_succeeded", invoice, cause);
    }

    public void voidIt(ObjectNode invoice, Call.Cause cause) {
        requireStatus(invoice, "open", "uncollectible");
        ObjectNode before = invoice.deepCopy();
        close(invoice, "void", "voided_at");
        events.emitChange("invoice.updated", before, invoice, cause);
        events.emit("invoice.voided", invoice, cause);
    }

    public void markUncollectible(ObjectNode invoice, Call.Cause cause) {
        requireStatus(invoice, "open");
        ObjectNode before = invoice.deepCopy();
        close(invoice, "uncollectible", "marked_uncollectible_at");
        events.emitChange("invoice.updated", before, invoice, cause);
        events.emit("invoice.marked_uncollectible", invoice, cause);
    }

    /** What a subscription that is over still owes stays owed, but nobody tries to collect it by itself. */
    public void stopCollecting(ObjectNode subscription) {
        String id = subscription.path("id").asText();
        shelf.all("invoice").stream()
                .filter(invoice -> invoice.at("/parent/subscription_details/subscription")
                        .asText()
                        .equals(id))
                .forEach(invoice -> {
                    invoice.put("auto_advance", false);
                    invoice.putNull("next_payment_attempt");
                });
    }

    List<ObjectNode> lines(String invoice) {
        return lines.getOrDefault(invoice, List.of());
    }

    /** The customer of an invoice or a subscription. */
    public ObjectNode customer(ObjectNode owned) {
        return shelf.get("customer", owned.path("customer").asText(), "customer");
    }

    private void close(ObjectNode invoice, String status, String moment) {
        invoice.put("status", status);
        invoice.put("auto_advance", false);
        invoice.putNull("next_payment_attempt");
        mark(invoice, moment);
    }

    private void mark(ObjectNode invoice, String moment) {
        invoice.withObject("/status_transitions").put(moment, world.clock().seconds());
    }

    private static void requireStatus(ObjectNode invoice, String... wanted) {
        String status = invoice.path("status").asText();
        if (!List.of(wanted).contains(status)) {
            throw StripeFailure.refused(
                    null, "This invoice is " + status + ", not " + String.join(" or ", wanted) + ".");
        }
    }

    private static void setDue(ObjectNode invoice, long amount) {
        invoice.put("amount_due", amount);
        invoice.put("amount_remaining", amount);
    }

    private static void show(ObjectNode invoice, List<ObjectNode> billed) {
        ObjectNode list = invoice.withObject("/lines");
        ArrayNode data = list.putArray("data");
        billed.stream().limit(LINES_SHOWN).forEach(line -> data.add(line.deepCopy()));
        list.put("has_more", billed.size() > LINES_SHOWN);
        list.put("total_count", billed.size());
        list.put("url", "/v1/invoices/%s/lines".formatted(invoice.path("id").asText("upcoming")));
    }
}
