package dev.quittance.localstack.simulator.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.refund.RefundDesk;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;

/**
 * Credit notes: what is taken off an invoice that is open, or given back of one that is paid - as a refund of its payment, to the
 * customer's balance, or outside of Stripe.
 */
public final class CreditNoteDesk {
    private static final String KIND = "credit_note";

    private final World world;
    private final RefundDesk refunds;
    private int numbers;

    public CreditNoteDesk(World world, RefundDesk refunds) {
        this.world = world;
        this.refunds = refunds;
    }

    public void mount(Router router, StripeApi api) {
        api.post(router, "/v1/credit_notes", this::create);
        api.get(
                router,
                "/v1/credit_notes",
                call -> ListPage.of(
                        call,
                        world.shelf().all(KIND).stream()
                                .filter(note -> ListPage.matches(call.params(), note, "invoice", "customer"))
                                .toList()));
        api.get(router, "/v1/credit_notes/:id", call -> note(call).deepCopy());
        api.post(router, "/v1/credit_notes/:id/void", this::voidIt);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        ObjectNode invoice = world.shelf().get("invoice", params.requiredText("invoice"), "invoice");
        long amount = params.amount("amount");
        boolean isPaid = invoice.path("status").asText().equals("paid");
        long most = isPaid
                ? invoice.path("amount_paid").asLong()
                        - invoice.path("post_payment_credit_notes_amount").asLong()
                : invoice.path("amount_remaining").asLong();
        if (!isPaid && !invoice.path("status").asText().equals("open")) {
            throw StripeFailure.refused(null, "Only open and paid invoices can be credited.");
        }
        if (amount < 1 || amount > most) {
            throw StripeFailure.invalid(
                    "parameter_invalid_integer", "amount", "The credit note exceeds what is left: " + most + ".");
        }
        ObjectNode note = written(invoice, amount, params);
        ObjectNode before = invoice.deepCopy();
        if (isPaid) {
            giveBack(note, invoice, amount, call);
        } else {
            takeOff(note, invoice, amount);
        }
        world.shelf().put(note);
        world.events().emit("credit_note.created", note, call.cause());
        world.events().emitChange("invoice.updated", before, invoice, call.cause());
        return note.deepCopy();
    }

    private ObjectNode written(ObjectNode invoice, long amount, Params params) {
        ObjectNode note = Shapes.fresh(KIND);
        String id = world.ids().creditNote();
        note.put("id", id);
        note.put("created", world.clock().seconds());
        note.put("effective_at", world.clock().seconds());
        note.put("invoice", invoice.path("id").asText());
        note.set("customer", invoice.path("customer"));
        note.set("currency", invoice.path("currency"));
        note.put("number", invoice.path("number").asText() + "-CN-%02d".formatted(++numbers));
        for (String sum :
                new String[] {"amount", "subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax"}) {
            note.put(sum, amount);
        }
        params.copyTexts(note, "memo", "reason");
        params.mergeMetadata(note);
        ObjectNode line = Shapes.empty();
        line.put("id", world.ids().creditNoteLine());
        line.put("object", "credit_note_line_item");
        line.put("amount", amount);
        line.put("description", params.text("memo", "Credit"));
        line.put("livemode", false);
        line.put("quantity", 1);
        line.put("type", "custom_line_item");
        line.put("unit_amount", amount);
        line.put("unit_amount_decimal", Long.toString(amount));
        note.withObject("/lines")
                .put("url", "/v1/credit_notes/" + id + "/lines")
                .withArray("data")
                .add(line);
        return note;
    }

    /** The parts must be the whole; what is refunded is a refund like any other. */
    private void giveBack(ObjectNode note, ObjectNode invoice, long amount, Call call) {
        Params params = call.params();
        long refunded = part(params, "refund_amount");
        long credited = part(params, "credit_amount");
        long outside = part(params, "out_of_band_amount");
        if (refunded + credited + outside != amount) {
            throw StripeFailure.invalid(
                    "parameter_invalid_integer",
                    "amount",
                    "The sum of refund_amount, credit_amount and out_of_band_amount must equal the credit note amount.");
        }
        note.put("type", "post_payment");
        note.put("post_payment_amount", amount);
        if (refunded > 0) {
            ObjectNode charge =
                    world.shelf().get("charge", invoice.path("_charge").asText(), "invoice");
            ObjectNode refund = refunds.give(charge, refunded, null, new Params(Shapes.empty()), call.cause());
            ObjectNode given = note.withArray("refunds").addObject();
            given.put("amount_refunded", refunded);
            given.putNull("payment_record_refund");
            given.put("refund", refund.path("id").asText());
            given.put("type", "refund");
        }
        if (credited > 0) {
            ObjectNode customer =
                    world.shelf().get("customer", invoice.path("customer").asText(), "customer");
            ObjectNode before = customer.deepCopy();
            customer.put("balance", customer.path("balance").asLong() - credited);
            world.events().emitChange("customer.updated", before, customer, call.cause());
        }
        if (outside > 0) {
            note.put("out_of_band_amount", outside);
        }
        add(invoice, "post_payment_credit_notes_amount", amount);
    }

    private static void takeOff(ObjectNode note, ObjectNode invoice, long amount) {
        note.put("type", "pre_payment");
        note.put("pre_payment_amount", amount);
        add(invoice, "pre_payment_credit_notes_amount", amount);
        add(invoice, "amount_due", -amount);
        add(invoice, "amount_remaining", -amount);
    }

    /** Only what was taken off an invoice that is still open can be put on it again. */
    private ObjectNode voidIt(Call call) {
        ObjectNode note = note(call);
        ObjectNode invoice = world.shelf().get("invoice", note.path("invoice").asText(), "invoice");
        boolean isOpen = invoice.path("status").asText().equals("open");
        if (!isOpen || !note.path("status").asText().equals("issued")) {
            throw StripeFailure.refused(null, "Only credit notes of open invoices can be voided, and once.");
        }
        note.put("status", "void");
        note.put("voided_at", world.clock().seconds());
        ObjectNode before = invoice.deepCopy();
        long amount = note.path("amount").asLong();
        add(invoice, "pre_payment_credit_notes_amount", -amount);
        add(invoice, "amount_due", amount);
        add(invoice, "amount_remaining", amount);
        world.events().emit("credit_note.voided", note, call.cause());
        world.events().emitChange("invoice.updated", before, invoice, call.cause());
        return note.deepCopy();
    }

    private static void add(ObjectNode invoice, String field, long amount) {
        invoice.put(field, invoice.path(field).asLong() + amount);
    }

    private static long part(Params params, String name) {
        return params.has(name) ? params.amount(name) : 0;
    }

    private ObjectNode note(Call call) {
        return world.shelf().get(KIND, call.id(), "credit_note");
    }
}
