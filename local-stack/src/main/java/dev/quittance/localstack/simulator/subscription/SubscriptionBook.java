package dev.quittance.localstack.simulator.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.invoice.InvoiceLines;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes subscriptions, their items and the lines that bill them; it tells nobody and collects nothing. */
final class SubscriptionBook {
    static final String KIND = "subscription";
    static final int TRIAL_DAYS_MAX = 730;

    private final World world;
    private final ObjectShelf shelf;
    private final Ids ids;

    SubscriptionBook(World world) {
        this.world = world;
        this.shelf = world.shelf();
        this.ids = world.ids();
    }

    ObjectNode write(SubscriptionOrder order) {
        ObjectNode subscription = Shapes.fresh(KIND);
        long now = world.clock().seconds();
        String id = ids.subscription();
        subscription.put("id", id);
        subscription.put("created", now);
        subscription.put("start_date", now);
        subscription.put("customer", order.customer());
        subscription.set("currency", order.items().getFirst().price().path("currency"));
        subscription.put("default_payment_method", order.card());
        subscription.withObject("/items").put("url", "/v1/subscription_items?subscription=" + id);
        order.asked().copyTexts(subscription, "description");
        order.asked().mergeMetadata(subscription);
        long trialEnd = trialEnd(order.asked(), now);
        if (trialEnd > now) {
            subscription.put("trial_start", now);
            subscription.put("trial_end", trialEnd);
            subscription.put("status", "trialing");
        }
        order.items().forEach(bought -> items(subscription).add(item(id, bought)));
        count(subscription);
        long anchor = Math.max(trialEnd, now);
        subscription.put("billing_cycle_anchor", anchor);
        setPeriod(
                subscription,
                trialEnd > now
                        ? new InvoiceLines.Period(now, trialEnd)
                        : Periods.from(anchor, now, recurring(subscription)));
        shelf.put(subscription);
        return subscription;
    }

    private static long trialEnd(Params asked, long now) {
        Long days = asked.whole("trial_period_days");
        if (days == null) {
            String end = asked.text("trial_end");
            return end == null || end.equals("now") ? now : Math.max(now, wholeOf(asked));
        }
        if (days < 1 || days > TRIAL_DAYS_MAX) {
            throw StripeFailure.invalid(
                    "parameter_invalid_integer", asked.full("trial_period_days"), "Invalid trial: " + days);
        }
        return Instant.ofEpochSecond(now).plus(Duration.ofDays(days)).getEpochSecond();
    }

    private static long wholeOf(Params asked) {
        Long end = asked.whole("trial_end");
        return end == null ? 0 : end;
    }

    ObjectNode item(String subscription, SubscriptionOrder.Bought bought) {
        ObjectNode item = Shapes.fresh("subscription_item");
        item.put("id", ids.subscriptionItem());
        item.put("created", world.clock().seconds());
        item.put("subscription", subscription);
        setPrice(item, bought.price());
        item.put("quantity", bought.quantity());
        return item;
    }

    /** The price, and the plan that every price also was. */
    static void setPrice(ObjectNode item, ObjectNode price) {
        if (!price.path("type").asText().equals("recurring")) {
            throw StripeFailure.invalid("parameter_invalid", "items", "The price specified is set to `type=one_time`.");
        }
        item.set("price", price.deepCopy());
        ObjectNode plan = Shapes.fresh("plan");
        plan.set("amount", price.path("unit_amount"));
        plan.set("amount_decimal", price.path("unit_amount_decimal"));
        plan.set("interval", price.at("/recurring/interval"));
        plan.set("interval_count", price.at("/recurring/interval_count"));
        for (String shared : new String[] {"id", "active", "created", "currency", "metadata", "nickname", "product"}) {
            plan.set(shared, price.path(shared).deepCopy());
        }
        item.set("plan", plan);
    }

    static ArrayNode items(ObjectNode subscription) {
        return (ArrayNode) subscription.at("/items/data");
    }

    static void count(ObjectNode subscription) {
        subscription.withObject("/items").put("total_count", items(subscription).size());
    }

    static JsonNode recurring(ObjectNode subscription) {
        return items(subscription).path(0).at("/price/recurring");
    }

    static InvoiceLines.Period period(ObjectNode subscription) {
        JsonNode item = items(subscription).path(0);
        return new InvoiceLines.Period(
                item.path("current_period_start").asLong(),
                item.path("current_period_end").asLong());
    }

    static void setPeriod(ObjectNode subscription, InvoiceLines.Period period) {
        for (JsonNode item : items(subscription)) {
            ((ObjectNode) item).put("current_period_start", period.start());
            ((ObjectNode) item).put("current_period_end", period.end());
        }
    }

    static long amount(JsonNode item) {
        return Math.multiplyExact(
                item.at("/price/unit_amount").asLong(), item.path("quantity").asLong());
    }

    /** The lines of one period: nothing to pay while it is a trial. */
    List<ObjectNode> periodLines(ObjectNode subscription, InvoiceLines.Period period) {
        boolean isTrial = subscription.path("status").asText().equals("trialing");
        List<ObjectNode> lines = new ArrayList<>();
        for (JsonNode item : items(subscription)) {
            ObjectNode price = (ObjectNode) item.path("price");
            String name = product(price);
            long quantity = item.path("quantity").asLong();
            lines.add(InvoiceLines.ofSubscription(
                    ids.invoiceLine(),
                    subscription,
                    new InvoiceLines.Billed(
                            price,
                            item.path("id").asText(),
                            quantity,
                            isTrial ? 0 : amount(item),
                            isTrial ? "Trial period for " + name : quantity + " × " + name,
                            period)));
        }
        return lines;
    }

    List<ObjectNode> onceLines(ObjectNode subscription, List<SubscriptionOrder.Bought> once) {
        long now = world.clock().seconds();
        List<ObjectNode> lines = new ArrayList<>();
        for (SubscriptionOrder.Bought bought : once) {
            lines.add(InvoiceLines.ofSubscription(
                    ids.invoiceLine(),
                    subscription,
                    new InvoiceLines.Billed(
                            bought.price(),
                            "",
                            bought.quantity(),
                            bought.amount(),
                            product(bought.price()),
                            new InvoiceLines.Period(now, now))));
        }
        return lines;
    }

    String product(ObjectNode price) {
        return shelf.get("product", price.path("product").asText(), "product")
                .path("name")
                .asText();
    }

    ObjectNode get(String id) {
        return shelf.get(KIND, id, "subscription");
    }
}
