package dev.quittance.provisioning.inbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The failure cases of subscriptions that end, or that are several things at once. */
final class SubscriptionEndings {
    static final List<SubscriptionCase> ALL = List.of(
            new SubscriptionCase(
                    "C9",
                    "the customer is deleted, and the subscription ends with it",
                    "sub_a canceled paid P1 expiry P1",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "customer.subscription.created", 10, life.subscription("a", "active")),
                            life.event("2", "invoice.paid", 11, life.invoice("a", 1)),
                            life.event("3", "customer.subscription.deleted", 20, life.subscription("a", "active")),
                            life.event("4", "customer.deleted", 20, StripeJson.customer("cus_" + life.run())))),
            new SubscriptionCase(
                    "D10",
                    "a renewal fails for good: unpaid, then cancelled",
                    "sub_a canceled paid P1 expiry P1",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "invoice.paid", 10, life.invoice("a", 1)),
                            life.event("2", "invoice.payment_failed", 30, life.invoice("a", 2)),
                            life.event("3", "customer.subscription.updated", 31, life.subscription("a", "unpaid")),
                            life.event("4", "customer.subscription.deleted", 41, life.subscription("a", "unpaid")))),
            new SubscriptionCase(
                    "D10",
                    "the missed period stays unpaid when the next one is paid",
                    "sub_a active paid P3 expiry P3",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "invoice.paid", 10, life.invoice("a", 1)),
                            life.event("2", "invoice.payment_failed", 30, life.invoice("a", 2)),
                            life.event("3", "invoice.paid", 50, life.invoice("a", 3)),
                            life.event("4", "customer.subscription.updated", 51, life.subscription("a", "active")))),
            new SubscriptionCase(
                    "D13", "items of different periods: the longest counts", "sub_a active paid P3 expiry P3", life -> {
                        JsonObject two = life.subscription("a", "active");
                        two.getJsonObject("items")
                                .getJsonArray("data")
                                .add(life.item("si_x_" + life.run(), 1)
                                        .put("current_period_end", Life.START + 3 * Life.MONTH)
                                        .put("quantity", 0));
                        JsonObject paid = life.invoice("a", 1);
                        JsonArray lines = paid.getJsonObject("lines").getJsonArray("data");
                        lines.add(lines.getJsonObject(0)
                                .copy()
                                .put("id", "il_x_" + life.run())
                                .put(
                                        "period",
                                        new JsonObject()
                                                .put("start", Life.START)
                                                .put("end", Life.START + 3 * Life.MONTH)));
                        return List.of(
                                life.customer(),
                                life.event("1", "customer.subscription.created", 10, two),
                                life.event("2", "invoice.paid", 11, paid));
                    }),
            new SubscriptionCase(
                    "D16",
                    "cancel_at alone, as flexible billing says it, and its undo",
                    "sub_a active paid P1 expiry P1 f",
                    life -> List.of(
                            life.customer(),
                            life.event(
                                    "1",
                                    "customer.subscription.updated",
                                    10,
                                    life.subscription("a", "active").put("cancel_at", Life.START + Life.MONTH)),
                            life.event(
                                    "2",
                                    "customer.subscription.updated",
                                    20,
                                    life.subscription("a", "active").putNull("cancel_at")),
                            life.event("3", "invoice.paid", 5, life.invoice("a", 1)))),
            new SubscriptionCase(
                    "D16", "cancelled at once, with credit for the rest", "sub_a canceled paid P0.50", life -> {
                        JsonObject credit = life.invoice("a", 2);
                        JsonObject line = credit.getJsonObject("lines")
                                .getJsonArray("data")
                                .getJsonObject(0);
                        line.put("amount", -450)
                                .put(
                                        "period",
                                        new JsonObject()
                                                .put("start", Life.START + Life.MONTH / 2)
                                                .put("end", Life.START + Life.MONTH));
                        line.getJsonObject("parent")
                                .getJsonObject("subscription_item_details")
                                .put("proration", true);
                        return List.of(
                                life.customer(),
                                life.event("1", "customer.subscription.created", 5, life.subscription("a", "active")),
                                life.event("2", "invoice.paid", 6, life.invoice("a", 1)),
                                life.event("3", "customer.subscription.deleted", 20, life.subscription("a", "active")),
                                life.event("4", "invoice.paid", 21, credit));
                    }));

    private SubscriptionEndings() {}
}
