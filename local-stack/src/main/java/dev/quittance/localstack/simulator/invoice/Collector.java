package dev.quittance.localstack.simulator.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.payment.Means;
import dev.quittance.localstack.simulator.payment.PaymentDesk;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.world.World;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects invoices from the card on file, again and again as Stripe does by default, until it is paid or given up. */
public final class Collector {
    /** The waits after the first, second and third declined attempt. */
    static final List<Duration> RETRY_AFTER = List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7));

    private final World world;
    private final ObjectShelf shelf;
    private final EventLog events;
    private final InvoiceBook book;
    private final PaymentDesk payments;
    private final InvoiceOwner owner;

    public Collector(World world, InvoiceBook book, PaymentDesk payments, InvoiceOwner owner) {
        this.world = world;
        this.shelf = world.shelf();
        this.events = world.events();
        this.book = book;
        this.payments = payments;
        this.owner = owner;
    }

    /** An attempt that the plan of retries makes. */
    public void collect(ObjectNode invoice) {
        attempt(invoice, owner.nextAnswer(invoice), null, Call.Cause.NOBODY);
    }

    /** An attempt that a checkout makes, with the intent that an earlier, declined one left. */
    public void collectAtCheckout(ObjectNode invoice, @Nullable ObjectNode intent) {
        attempt(invoice, InvoiceOwner.BankAnswer.PAYS, intent, Call.Cause.NOBODY);
    }

    /** Over the API a declined card is an answer with status 402. */
    public void pay(ObjectNode invoice, Call.Cause cause) {
        attempt(invoice, owner.nextAnswer(invoice), null, cause);
        if (!invoice.path("status").asText().equals("paid")) {
            throw StripeFailure.declined(invoice.path("_charge").asText(), Means.CARD.failureMessage());
        }
    }

    private void attempt(
            ObjectNode invoice, InvoiceOwner.BankAnswer answer, @Nullable ObjectNode given, Call.Cause cause) {
        if (!invoice.path("status").asText().equals("open")) {
            throw StripeFailure.refused(null, "Invoice is not open.");
        }
        ObjectNode before = invoice.deepCopy();
        invoice.put("attempted", true);
        if (invoice.path("amount_due").asLong() == 0) {
            finish(before, invoice, null, cause);
            return;
        }
        invoice.put("attempt_count", invoice.path("attempt_count").asInt() + 1);
        ObjectNode intent = given == null ? intent(invoice) : given;
        intent.put("_invoice", invoice.path("id").asText());
        invoice.put("_payment_intent", intent.path("id").asText());
        switch (answer) {
            case PAYS -> {
                ObjectNode charge = charge(invoice, intent);
                payments.succeed(intent, charge);
                finish(before, invoice, intent, cause);
                payments.settle(charge);
            }
            case DECLINES -> {
                payments.decline(intent, charge(invoice, intent), Means.CARD);
                failed(before, invoice, cause);
            }
            case ASKS_BUYER -> {
                payments.challenge(intent);
                events.emit("invoice.payment_action_required", invoice, cause);
                failed(before, invoice, cause);
            }
        }
    }

    private ObjectNode charge(ObjectNode invoice, ObjectNode intent) {
        ObjectNode charge = payments.charge(intent, PaymentDesk.Holder.of(book.customer(invoice)), Means.CARD);
        invoice.put("_charge", charge.path("id").asText());
        return charge;
    }

    private void finish(ObjectNode before, ObjectNode invoice, @Nullable ObjectNode intent, Call.Cause cause) {
        book.markPaid(before, invoice, cause);
        if (intent != null) {
            tellPayment(invoice, intent, cause);
        }
        owner.paid(invoice);
    }

    private void failed(ObjectNode before, ObjectNode invoice, Call.Cause cause) {
        int attempts = invoice.path("attempt_count").asInt();
        boolean isLast = attempts > RETRY_AFTER.size();
        if (isLast) {
            invoice.putNull("next_payment_attempt");
        } else {
            long next =
                    world.clock().instant().plus(RETRY_AFTER.get(attempts - 1)).getEpochSecond();
            invoice.put("next_payment_attempt", next);
            world.agenda().atSecond(next, () -> {
                if (isStillDue(invoice, next)) {
                    collect(invoice);
                }
            });
        }
        events.emitChange("invoice.updated", before, invoice, cause);
        events.emit("invoice.payment_failed", invoice, cause);
        owner.failed(invoice, isLast);
    }

    private static boolean isStillDue(ObjectNode invoice, long attemptAt) {
        return invoice.path("status").asText().equals("open")
                && invoice.path("next_payment_attempt").asLong() == attemptAt;
    }

    /** One intent for all attempts of an invoice. */
    private ObjectNode intent(ObjectNode invoice) {
        ObjectNode intent = shelf.find(invoice.path("_payment_intent").asText());
        return intent != null
                ? intent
                : payments.open(new PaymentDesk.Order(
                        invoice.path("amount_due").asLong(),
                        invoice.path("currency").asText(),
                        invoice.path("customer"),
                        null,
                        invoice.path("id").asText()));
    }

    /** What ties the payment to the invoice, since neither names the other any more. */
    private void tellPayment(ObjectNode invoice, ObjectNode intent, Call.Cause cause) {
        ObjectNode payment = Shapes.fresh("invoice_payment");
        long now = world.clock().seconds();
        payment.put("id", world.ids().invoicePayment());
        payment.put("amount_paid", invoice.path("amount_paid").asLong());
        payment.put("amount_requested", invoice.path("amount_due").asLong());
        payment.put("created", now);
        payment.set("currency", invoice.path("currency"));
        payment.put("invoice", invoice.path("id").asText());
        payment.withObject("/payment").put("payment_intent", intent.path("id").asText());
        payment.put("status", "paid");
        payment.withObject("/status_transitions").put("paid_at", now);
        shelf.put(payment);
        events.emit("invoice_payment.paid", payment, cause);
    }
}
