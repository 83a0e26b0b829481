package dev.quittance.localstack.simulator.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.invoice.InvoiceBook;
import dev.quittance.localstack.simulator.invoice.InvoiceLines;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.world.World;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the merchant changes of a living subscription: its items, its end, its pauses, its trial. */
final class SubscriptionChange {
    private static final Set<String> PAUSES = Set.of("void", "keep_as_draft", "mark_uncollectible");
    private static final Set<String> PRORATIONS = Set.of("create_prorations", "always_invoice", "none");

    private final World world;
    private final SubscriptionBook book;
    private final SubscriptionCycle cycle;
    private final PendingItems pending;
    private final InvoiceBook invoices;

    SubscriptionChange(
            World world, SubscriptionBook book, SubscriptionCycle cycle, PendingItems pending, InvoiceBook invoices) {
        this.world = world;
        this.book = book;
        this.cycle = cycle;
        this.pending = pending;
        this.invoices = invoices;
    }

    void update(ObjectNode subscription, Call call) {
        Params params = call.params();
        ObjectNode before = subscription.deepCopy();
        params.copyTexts(subscription, "description", "default_payment_method");
        params.mergeMetadata(subscription);
        setEnd(subscription, params);
        setPause(subscription, params);
        ObjectNode invoice = changeItems(subscription, params, call.cause());
        boolean endsTrial = "now".equals(params.text("trial_end"))
                && SubscriptionCycle.status(subscription).equals("trialing");
        world.events().emitChange("customer.subscription.updated", before, subscription, call.cause());
        if (invoice != null) {
            invoices.finalizeDraft(invoice, call.cause());
            cycle.collector().collect(invoice);
        }
        if (endsTrial) {
            long now = world.clock().seconds();
            subscription.put("trial_end", now);
            restart(subscription, now);
        }
    }

    /** A period that begins now, and every later one on the same day. */
    void restart(ObjectNode subscription, long now) {
        subscription.put("billing_cycle_anchor", now);
        cycle.renew(
                subscription, Periods.from(now, now, SubscriptionBook.recurring(subscription)), "subscription_cycle");
    }

    private void setEnd(ObjectNode subscription, Params params) {
        if (params.has("cancel_at_period_end")) {
            boolean isWanted = params.flag("cancel_at_period_end", false);
            subscription.put("cancel_at_period_end", isWanted);
            setCancelAt(
                    subscription,
                    isWanted ? SubscriptionBook.period(subscription).end() : null);
        }
        if (params.has("cancel_at")) {
            Long at = params.whole("cancel_at");
            setCancelAt(subscription, at);
            if (at != null) {
                world.agenda().atSecond(at, () -> {
                    boolean isStillWanted = subscription.path("cancel_at").asLong() == at
                            && !subscription.path("cancel_at_period_end").asBoolean()
                            && !SubscriptionCycle.status(subscription).equals("canceled");
                    if (isStillWanted) {
                        cycle.end(subscription, Call.Cause.NOBODY);
                    }
                });
            }
        }
    }

    private void setCancelAt(ObjectNode subscription, @Nullable Long at) {
        subscription.put("cancel_at", at);
        subscription.put("canceled_at", at == null ? null : (Long) world.clock().seconds());
        subscription.withObject("/cancellation_details").put("reason", at == null ? null : "cancellation_requested");
    }

    private void setPause(ObjectNode subscription, Params params) {
        if (!params.has("pause_collection")) {
            return;
        }
        Params pause = params.inside("pause_collection");
        if (pause == null) {
            subscription.putNull("pause_collection");
            return;
        }
        String behavior = pause.requiredText("behavior");
        if (!PAUSES.contains(behavior)) {
            throw StripeFailure.invalid("parameter_invalid", pause.full("behavior"), "Invalid behavior.");
        }
        Long resumes = pause.whole("resumes_at");
        ObjectNode node = subscription.putObject("pause_collection");
        node.put("behavior", behavior);
        node.put("resumes_at", resumes);
        if (resumes != null) {
            world.agenda().atSecond(resumes, () -> {
                if (subscription.at("/pause_collection/resumes_at").asLong() == resumes) {
                    cycle.change(subscription, Call.Cause.NOBODY, changed -> changed.putNull("pause_collection"));
                }
            });
        }
    }

    /** The invoice that the change asks for at once; null when what it costs waits for the next one. */
    private @Nullable ObjectNode changeItems(ObjectNode subscription, Params params, Call.Cause cause) {
        List<Params> changes = params.list("items");
        if (changes.isEmpty()) {
            return null;
        }
        String behavior = params.text("proration_behavior", "create_prorations");
        if (!PRORATIONS.contains(behavior)) {
            throw StripeFailure.invalid("parameter_invalid", "proration_behavior", "Invalid proration_behavior.");
        }
        boolean isProrated = !behavior.equals("none")
                && !SubscriptionCycle.status(subscription).equals("trialing");
        JsonNode interval = interval(subscription);
        ArrayNode old = SubscriptionBook.items(subscription).deepCopy();
        changes.forEach(change -> changeItem(subscription, change));
        SubscriptionBook.count(subscription);
        ArrayNode items = SubscriptionBook.items(subscription);
        boolean isNewInterval = !interval(subscription).equals(interval);
        if (isProrated) {
            old.forEach(item -> {
                if (!contains(items, item) || isNewInterval) {
                    pending.prorate(subscription, item, true, cause);
                }
            });
            items.forEach(item -> {
                if (!contains(old, item) && !isNewInterval) {
                    pending.prorate(subscription, item, false, cause);
                }
            });
        }
        if (isNewInterval && !SubscriptionCycle.status(subscription).equals("trialing")) {
            long now = world.clock().seconds();
            subscription.put("billing_cycle_anchor", now);
            InvoiceLines.Period period = Periods.from(now, now, SubscriptionBook.recurring(subscription));
            SubscriptionBook.setPeriod(subscription, period);
            cycle.schedule(subscription);
            return cycle.invoice(subscription, "subscription_update", book.periodLines(subscription, period));
        }
        return behavior.equals("always_invoice") && isProrated
                ? cycle.invoice(subscription, "subscription_update", List.of())
                : null;
    }

    private static JsonNode interval(ObjectNode subscription) {
        return SubscriptionBook.recurring(subscription).deepCopy();
    }

    /** Whether the same item at the same price and quantity is there. */
    private static boolean contains(ArrayNode items, JsonNode wanted) {
        for (JsonNode item : items) {
            if (item.path("id").equals(wanted.path("id"))
                    && item.at("/price/id").equals(wanted.at("/price/id"))
                    && item.path("quantity").asLong() == wanted.path("quantity").asLong()) {
                return true;
            }
        }
        return false;
    }

    private void changeItem(ObjectNode subscription, Params change) {
        ArrayNode items = SubscriptionBook.items(subscription);
        String id = change.text("id");
        String price = change.text("price");
        Long quantity = change.whole("quantity");
        if (id == null) {
            ObjectNode bought = world.shelf().get("price", change.requiredText("price"), change.full("price"));
            ObjectNode item = book.item(
                    subscription.path("id").asText(),
                    new SubscriptionOrder.Bought(bought, quantity == null ? 1 : quantity));
            InvoiceLines.Period period = SubscriptionBook.period(subscription);
            item.put("current_period_start", period.start());
            item.put("current_period_end", period.end());
            items.add(item);
            return;
        }
        int index = index(items, id, change);
        if (change.flag("deleted", false)) {
            items.remove(index);
            return;
        }
        ObjectNode item = (ObjectNode) items.path(index);
        if (price != null) {
            SubscriptionBook.setPrice(item, world.shelf().get("price", price, change.full("price")));
        }
        if (quantity != null) {
            item.put("quantity", quantity);
        }
    }

    private static int index(ArrayNode items, String id, Params change) {
        for (int i = 0; i < items.size(); i++) {
            if (items.path(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        throw StripeFailure.noSuch("subscription_item", id, change.full("id"));
    }
}
