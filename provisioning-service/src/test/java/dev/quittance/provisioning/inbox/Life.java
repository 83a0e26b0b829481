package dev.quittance.provisioning.inbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The events of one customer's subscriptions, in the newest shapes unless said otherwise. RUN keeps runs apart. */
record Life(String run) {
    static final long START = Instant.parse("2026-03-01T10:00:00Z").getEpochSecond();
    static final long MONTH = 31L * 86_400;

    StripeJson customer() {
        JsonObject customer = StripeJson.customer("cus_" + run).put("email", "user." + run + "@example.com");
        return StripeJson.of("evt_c_" + run, "customer.created", 0, customer).named(Buyer.userId("user", run));
    }

    StripeJson product(int second, @Nullable String voucherDays) {
        JsonObject metadata = new JsonObject().put("benefits", "Fast, Private");
        if (voucherDays != null) {
            metadata.put("voucher_days", voucherDays);
        }
        return StripeJson.of(
                "evt_p_" + run,
                "product.created",
                second,
                new JsonObject()
                        .put("id", "prod_" + run)
                        .put("object", "product")
                        .put("name", "Plan")
                        .put("active", true)
                        .put("metadata", metadata));
    }

    StripeJson price(int second) {
        return StripeJson.of("evt_pr_" + run, "price.created", second, priceObject("price_" + run));
    }

    JsonObject priceObject(String id) {
        return new JsonObject()
                .put("id", id)
                .put("object", "price")
                .put("product", "prod_" + run)
                .put("currency", "eur")
                .put("unit_amount", 900)
                .put("active", true)
                .put("metadata", new JsonObject())
                .put("recurring", new JsonObject().put("interval", "month").put("interval_count", 1));
    }

    /** A subscription object of the newest shape, in its first period. */
    JsonObject subscription(String name, String status) {
        return new JsonObject()
                .put("id", "sub_" + name + "_" + run)
                .put("object", "subscription")
                .put("customer", "cus_" + run)
                .put("status", status)
                .put("cancel_at_period_end", false)
                .put("start_date", START)
                .put("metadata", new JsonObject())
                .put("items", new JsonObject().put("data", new JsonArray().add(item("si_" + name + "_" + run, 1))));
    }

    JsonObject item(String id, int period) {
        return new JsonObject()
                .put("id", id)
                .put("object", "subscription_item")
                .put("quantity", 1)
                .put("price", priceObject("price_" + run))
                .put("current_period_start", START + (period - 1) * MONTH)
                .put("current_period_end", START + period * MONTH);
    }

    StripeJson event(String id, String type, int second, JsonObject object) {
        return StripeJson.of("evt_" + id + "_" + run, type, second, object);
    }

    StripeJson event(String id, String type, int second, JsonObject object, JsonObject previous) {
        StripeJson event = event(id, type, second, object);
        event.body().getJsonObject("data").put("previous_attributes", previous);
        return event;
    }

    /** An invoice for one period of the subscription. */
    JsonObject invoice(String name, int period) {
        String subscription = "sub_" + name + "_" + run;
        JsonObject line = new JsonObject()
                .put("id", "il_" + name + period + "_" + run)
                .put("object", "line_item")
                .put("amount", 900)
                .put("period", period(period))
                .put(
                        "parent",
                        new JsonObject()
                                .put("type", "subscription_item_details")
                                .put(
                                        "subscription_item_details",
                                        new JsonObject()
                                                .put("subscription", subscription)
                                                .put("proration", false)));
        return new JsonObject()
                .put("id", "in_" + name + period + "_" + run)
                .put("object", "invoice")
                .put("customer", "cus_" + run)
                .put(
                        "parent",
                        new JsonObject()
                                .put("subscription_details", new JsonObject().put("subscription", subscription)))
                .put("lines", new JsonObject().put("data", new JsonArray().add(line)));
    }

    static JsonObject period(int period) {
        return new JsonObject().put("start", START + (period - 1) * MONTH).put("end", START + period * MONTH);
    }
}
