package dev.quittance.localstack.simulator.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.invoice.InvoiceBook;
import dev.quittance.localstack.simulator.invoice.InvoiceDesk;
import dev.quittance.localstack.simulator.invoice.InvoiceOwner;
import dev.quittance.localstack.simulator.payment.PaymentDesk;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ControlDoor;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subscriptions over Stripe's API, their levers, and the beginning that a checkout makes. */
public final class SubscriptionDesk {
    static final int ITEMS_MAX = 20;
    /** A lever that declines "always" declines more attempts than there will be. */
    static final int DECLINES_MAX = 1_000;

    private final World world;
    private final SubscriptionBook book;
    private final SubscriptionCycle cycle;
    private final SubscriptionChange change;
    private final InvoiceBook invoices;

    public SubscriptionDesk(World world, PaymentDesk payments) {
        this.world = world;
        this.book = new SubscriptionBook(world);
        this.invoices = new InvoiceBook(world);
        PendingItems pending = new PendingItems(world, book);
        this.cycle = new SubscriptionCycle(world, book, pending, invoices, payments);
        this.change = new SubscriptionChange(world, book, cycle, pending, invoices);
    }

    public void mount(Router router, StripeApi api, ControlDoor control) {
        new InvoiceDesk(world.shelf(), invoices, cycle.collector()).mount(router, api, control);
        api.post(router, "/v1/subscriptions", this::create);
        api.get(router, "/v1/subscriptions", this::list);
        api.get(router, "/v1/subscriptions/:id", call -> book.get(call.id()).deepCopy());
        api.post(router, "/v1/subscriptions/:id", this::update);
        api.delete(router, "/v1/subscriptions/:id", this::cancel);
        api.post(router, "/v1/subscriptions/:id/resume", this::resume);
        control.post("/_sim/subscriptions/after_retries", this::setAfterRetries);
        control.post("/_sim/subscriptions/:id/fail_renewals", this::failRenewals);
        control.post("/_sim/subscriptions/:id/renew", this::renew);
        control.post("/_sim/subscriptions/:id/cancel", this::cancel);
        control.post("/_sim/subscriptions/:id/update", this::update);
        control.post("/_sim/subscriptions/:id/pause", this::pause);
        control.post("/_sim/subscriptions/:id/resume", this::resume);
    }

    /** A subscription whose first invoice is paid at once, as a checkout pays it; an {@code intent} may have been tried before. */
    public ObjectNode subscribe(SubscriptionOrder order, @Nullable ObjectNode intent) {
        ObjectNode subscription = book.write(order);
        ObjectNode invoice = cycle.begin(subscription, order.once(), Call.Cause.NOBODY);
        cycle.collectAtCheckout(invoice, intent);
        return subscription;
    }

    /** A customer who is gone has no subscription any more. */
    public void endAllOf(String customer) {
        world.shelf().all(SubscriptionBook.KIND).stream()
                .filter(subscription -> subscription.path("customer").asText().equals(customer))
                .filter(SubscriptionDesk::isLiving)
                .forEach(subscription -> cycle.end(subscription, Call.Cause.NOBODY));
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        String customer = params.requiredText("customer");
        world.shelf().get("customer", customer, "customer");
        List<Params> asked = params.list("items");
        if (asked.isEmpty() || asked.size() > ITEMS_MAX) {
            throw StripeFailure.missing("items");
        }
        List<SubscriptionOrder.Bought> items = new ArrayList<>();
        for (Params item : asked) {
            Long quantity = item.whole("quantity");
            items.add(new SubscriptionOrder.Bought(
                    world.shelf().get("price", item.requiredText("price"), item.full("price")),
                    quantity == null ? 1 : quantity));
        }
        ObjectNode subscription = book.write(
                new SubscriptionOrder(customer, items, List.of(), params.text("default_payment_method"), params));
        ObjectNode invoice = cycle.begin(subscription, List.of(), call.cause());
        if (!params.text("payment_behavior", "").equals("default_incomplete")) {
            cycle.collector().collect(invoice);
        }
        return subscription.deepCopy();
    }

    private ObjectNode update(Call call) {
        ObjectNode subscription = living(call);
        change.update(subscription, call);
        return subscription.deepCopy();
    }

    private ObjectNode cancel(Call call) {
        ObjectNode subscription = living(call);
        subscription.withObject("/cancellation_details").put("reason", "cancellation_requested");
        cycle.end(subscription, call.cause());
        return subscription.deepCopy();
    }

    /** As a trial's end without a card pauses it: no period runs and nothing is billed until it is resumed. */
    private ObjectNode pause(Call call) {
        ObjectNode subscription = living(call);
        cycle.change(subscription, call.cause(), changed -> changed.put("status", "paused"));
        world.events().emit("customer.subscription.paused", subscription, call.cause());
        return subscription.deepCopy();
    }

    private ObjectNode resume(Call call) {
        ObjectNode subscription = living(call);
        if (!SubscriptionCycle.status(subscription).equals("paused")) {
            throw StripeFailure.refused(null, "Only a paused subscription can be resumed.");
        }
        change.restart(subscription, world.clock().seconds());
        world.events().emit("customer.subscription.resumed", subscription, call.cause());
        return subscription.deepCopy();
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        String status = params.text("status");
        String price = params.text("price");
        return ListPage.of(
                call,
                world.shelf().all(SubscriptionBook.KIND).stream()
                        .filter(one -> ListPage.matches(params, one, "customer"))
                        .filter(one -> status == null
                                ? !SubscriptionCycle.status(one).equals("canceled")
                                : status.equals("all") || status.equals(SubscriptionCycle.status(one)))
                        .filter(one -> price == null
                                || one.at("/items/data/0/price/id").asText().equals(price))
                        .filter(one -> ListPage.isCreatedWithin(params, one))
                        .toList());
    }

    private ObjectNode failRenewals(Call call) {
        ObjectNode subscription = living(call);
        Long times = call.params().whole("times");
        int declines = times == null ? DECLINES_MAX : Math.clamp(times, 0, DECLINES_MAX);
        boolean isAsked = call.params().text("reason", "").equals("authentication");
        cycle.failNext(
                subscription,
                declines,
                isAsked ? InvoiceOwner.BankAnswer.ASKS_BUYER : InvoiceOwner.BankAnswer.DECLINES);
        ObjectNode answer = Shapes.empty();
        answer.put("subscription", subscription.path("id").asText());
        answer.put("declines", declines);
        return answer;
    }

    /** The clock to the end of the period, and over the hour in which the new invoice is a draft. */
    private ObjectNode renew(Call call) {
        ObjectNode subscription = living(call);
        long until = SubscriptionBook.period(subscription).end() + SubscriptionCycle.DRAFT_FOR.toSeconds();
        long wait = Math.max(0, until - world.clock().seconds());
        world.agenda().advance(Duration.ofSeconds(wait));
        return subscription.deepCopy();
    }

    private ObjectNode setAfterRetries(Call call) {
        String wanted = call.params().requiredText("outcome");
        AfterRetries outcome = AfterRetries.parse(wanted)
                .orElseThrow(() -> StripeFailure.invalid("parameter_invalid", "outcome", "No such outcome: " + wanted));
        cycle.setAfterRetries(outcome);
        ObjectNode answer = Shapes.empty();
        answer.put("outcome", outcome.text());
        return answer;
    }

    private ObjectNode living(Call call) {
        ObjectNode subscription = book.get(call.id());
        if (!isLiving(subscription)) {
            throw StripeFailure.noSuch("subscription", call.id(), "id");
        }
        return subscription;
    }

    private static boolean isLiving(ObjectNode subscription) {
        String status = SubscriptionCycle.status(subscription);
        return !status.equals("canceled") && !status.equals("incomplete_expired");
    }
}
