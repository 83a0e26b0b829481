package dev.quittance.localstack.simulator.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.invoice.Collector;
import dev.quittance.localstack.simulator.invoice.InvoiceBook;
import dev.quittance.localstack.simulator.invoice.InvoiceLines;
import dev.quittance.localstack.simulator.invoice.InvoiceOwner;
import dev.quittance.localstack.simulator.payment.PaymentDesk;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the clock does to a subscription, and what its invoices' outcomes do to it. */
final class SubscriptionCycle implements InvoiceOwner {
    static final Duration DRAFT_FOR = Duration.ofHours(1);
    static final Duration UPCOMING_BEFORE = Duration.ofDays(7);
    static final Duration TRIAL_WARNING_BEFORE = Duration.ofDays(3);
    static final Duration INCOMPLETE_FOR = Duration.ofHours(23);

    private final World world;
    private final EventLog events;
    private final SubscriptionBook book;
    private final PendingItems pending;
    private final InvoiceBook invoices;
    private final Collector collector;
    private final Map<String, Failures> failures = new HashMap<>();
    private AfterRetries afterRetries = AfterRetries.CANCEL;

    private record Failures(int left, BankAnswer how) {}

    SubscriptionCycle(
            World world, SubscriptionBook book, PendingItems pending, InvoiceBook invoices, PaymentDesk payments) {
        this.world = world;
        this.events = world.events();
        this.book = book;
        this.pending = pending;
        this.invoices = invoices;
        this.collector = new Collector(world, invoices, payments, this);
    }

    Collector collector() {
        return collector;
    }

    /** So many of the next attempts to collect fail, in this way. */
    void failNext(ObjectNode subscription, int times, BankAnswer how) {
        failures.put(subscription.path("id").asText(), new Failures(times, how));
    }

    void setAfterRetries(AfterRetries wanted) {
        afterRetries = wanted;
    }

    /** The invoice with which a subscription begins; it is finalized and not yet collected. */
    ObjectNode begin(ObjectNode subscription, List<SubscriptionOrder.Bought> once, Call.Cause cause) {
        InvoiceLines.Period period = SubscriptionBook.period(subscription);
        List<ObjectNode> lines = new ArrayList<>(book.periodLines(subscription, period));
        lines.addAll(book.onceLines(subscription, once));
        ObjectNode invoice = invoices.draft(subscription, "subscription_create", period, lines);
        subscription.put("latest_invoice", invoice.path("id").asText());
        events.emit("customer.subscription.created", subscription, cause);
        invoices.finalizeDraft(invoice, cause);
        schedule(subscription);
        world.agenda().at(world.clock().instant().plus(INCOMPLETE_FOR), () -> expire(subscription, invoice));
        return invoice;
    }

    private void expire(ObjectNode subscription, ObjectNode invoice) {
        if (status(subscription).equals("incomplete")) {
            invoices.voidIt(invoice, Call.Cause.NOBODY);
            change(subscription, Call.Cause.NOBODY, changed -> {
                changed.put("status", "incomplete_expired");
                changed.put("ended_at", world.clock().seconds());
            });
        }
    }

    /** Notes what the current period's end brings, and what is told ahead of it. */
    void schedule(ObjectNode subscription) {
        InvoiceLines.Period period = SubscriptionBook.period(subscription);
        Runnable end = () -> {
            if (isCurrent(subscription, period)) {
                endPeriod(subscription);
            }
        };
        world.agenda().atSecond(period.end(), end);
        if (status(subscription).equals("trialing")) {
            long warning = Math.max(world.clock().seconds(), period.end() - TRIAL_WARNING_BEFORE.toSeconds());
            world.agenda().atSecond(warning, () -> {
                if (isCurrent(subscription, period) && status(subscription).equals("trialing")) {
                    events.emit("customer.subscription.trial_will_end", subscription, Call.Cause.NOBODY);
                }
            });
        }
        long upcoming = period.end() - UPCOMING_BEFORE.toSeconds();
        if (upcoming > world.clock().seconds()) {
            world.agenda().atSecond(upcoming, () -> {
                if (isCurrent(subscription, period)
                        && subscription.path("cancel_at").isNull()) {
                    InvoiceLines.Period next = next(subscription);
                    invoices.tellUpcoming(subscription, next, book.periodLines(subscription, next));
                }
            });
        }
    }

    private static boolean isCurrent(ObjectNode subscription, InvoiceLines.Period period) {
        boolean isLive = switch (status(subscription)) {
            case "active", "trialing", "past_due", "unpaid" -> true;
            default -> false;
        };
        return isLive && SubscriptionBook.period(subscription).equals(period);
    }

    private static InvoiceLines.Period next(ObjectNode subscription) {
        return Periods.from(
                subscription.path("billing_cycle_anchor").asLong(),
                SubscriptionBook.period(subscription).end(),
                SubscriptionBook.recurring(subscription));
    }

    private void endPeriod(ObjectNode subscription) {
        if (subscription.path("cancel_at_period_end").asBoolean()) {
            end(subscription, Call.Cause.NOBODY);
        } else {
            renew(subscription, next(subscription), "subscription_cycle");
        }
    }

    /** A new period: its invoice is a draft for an hour, so that the merchant may add to it. */
    void renew(ObjectNode subscription, InvoiceLines.Period period, String reason) {
        ObjectNode before = subscription.deepCopy();
        boolean isUnpaid = status(subscription).equals("unpaid");
        if (!isUnpaid && !status(subscription).equals("past_due")) {
            subscription.put("status", "active");
        }
        SubscriptionBook.setPeriod(subscription, period);
        ObjectNode invoice = invoice(subscription, reason, book.periodLines(subscription, period));
        events.emitChange("customer.subscription.updated", before, subscription, Call.Cause.NOBODY);
        schedule(subscription);
        String pause = subscription.at("/pause_collection/behavior").asText();
        if (isUnpaid || pause.equals("keep_as_draft")) {
            invoice.put("auto_advance", false);
            return;
        }
        long at = world.clock().instant().plus(DRAFT_FOR).getEpochSecond();
        invoice.put("automatically_finalizes_at", at);
        world.agenda().atSecond(at, () -> advance(subscription, invoice));
    }

    private void advance(ObjectNode subscription, ObjectNode invoice) {
        if (!invoice.path("status").asText().equals("draft")
                || !invoice.path("auto_advance").asBoolean()) {
            return;
        }
        invoices.finalizeDraft(invoice, Call.Cause.NOBODY);
        switch (subscription.at("/pause_collection/behavior").asText()) {
            case "void" -> invoices.voidIt(invoice, Call.Cause.NOBODY);
            case "mark_uncollectible" -> invoices.markUncollectible(invoice, Call.Cause.NOBODY);
            default -> collector.collect(invoice);
        }
    }

    /** A draft of these lines and of whatever is pending. */
    ObjectNode invoice(ObjectNode subscription, String reason, List<ObjectNode> lines) {
        List<ObjectNode> all = new ArrayList<>(pending.take(subscription));
        all.addAll(lines);
        ObjectNode invoice = invoices.draft(subscription, reason, SubscriptionBook.period(subscription), all);
        subscription.put("latest_invoice", invoice.path("id").asText());
        return invoice;
    }

    /** The subscription is over, now. */
    void end(ObjectNode subscription, Call.Cause cause) {
        long now = world.clock().seconds();
        subscription.put("status", "canceled");
        subscription.put("ended_at", now);
        if (subscription.path("canceled_at").isNull()) {
            subscription.put("canceled_at", now);
        }
        invoices.stopCollecting(subscription);
        events.emit("customer.subscription.deleted", subscription, cause);
    }

    @Override
    public BankAnswer nextAnswer(ObjectNode invoice) {
        String id = invoice.at("/parent/subscription_details/subscription").asText();
        Failures wanted = failures.get(id);
        if (wanted == null || wanted.left() <= 0) {
            return BankAnswer.PAYS;
        }
        failures.put(id, new Failures(wanted.left() - 1, wanted.how()));
        return wanted.how();
    }

    @Override
    public void paid(ObjectNode invoice) {
        ObjectNode subscription = owner(invoice);
        switch (status(subscription)) {
            case "incomplete", "past_due", "unpaid" ->
                change(subscription, Call.Cause.NOBODY, changed -> changed.put("status", "active"));
            default -> {
                // A trial stays one, and what is over is not revived by an old invoice.
            }
        }
    }

    @Override
    public void failed(ObjectNode invoice, boolean isLastAttempt) {
        ObjectNode subscription = owner(invoice);
        if (isLastAttempt) {
            giveUp(subscription);
        } else if (status(subscription).equals("active")) {
            change(subscription, Call.Cause.NOBODY, changed -> changed.put("status", "past_due"));
        }
    }

    private void giveUp(ObjectNode subscription) {
        if (!status(subscription).equals("past_due")) {
            return;
        }
        switch (afterRetries) {
            case CANCEL -> {
                subscription.withObject("/cancellation_details").put("reason", "payment_failed");
                end(subscription, Call.Cause.NOBODY);
            }
            case UNPAID -> change(subscription, Call.Cause.NOBODY, changed -> changed.put("status", "unpaid"));
            case LEAVE_PAST_DUE -> {
                // As the merchant wants it.
            }
        }
    }

    void change(ObjectNode subscription, Call.Cause cause, Consumer<ObjectNode> how) {
        ObjectNode before = subscription.deepCopy();
        how.accept(subscription);
        events.emitChange("customer.subscription.updated", before, subscription, cause);
    }

    /** Pays with the intent that a checkout's declined attempt left, if there is one. */
    void collectAtCheckout(ObjectNode invoice, @Nullable ObjectNode intent) {
        collector.collectAtCheckout(invoice, intent);
    }

    static String status(ObjectNode subscription) {
        return subscription.path("status").asText();
    }

    private ObjectNode owner(ObjectNode invoice) {
        return book.get(invoice.at("/parent/subscription_details/subscription").asText());
    }
}
