package dev.quittance.provisioning.inbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * The failure cases of subscriptions, each with its events and with what must come out of every order of them: the status,
 * the periods that were paid (P0 is the start, P1 the end of the first period), the expiry, and what waits.
 */
record SubscriptionCase(String name, String what, String result, Function<Life, List<StripeJson>> life) {
    static final List<SubscriptionCase> ALL = List.of(
            new SubscriptionCase(
                    "D1",
                    "updated(active) and created(incomplete) in one second",
                    "sub_a active paid - expiry -",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "customer.subscription.created", 5, life.subscription("a", "incomplete")),
                            life.event("2", "customer.subscription.updated", 5, life.subscription("a", "active")))),
            new SubscriptionCase(
                    "D3",
                    "two updates of one second",
                    "sub_a active paid - expiry -",
                    life -> List.of(
                            life.customer(),
                            life.event(
                                    "z",
                                    "customer.subscription.updated",
                                    9,
                                    life.subscription("a", "past_due"),
                                    before("trialing")),
                            life.event(
                                    "1",
                                    "customer.subscription.updated",
                                    9,
                                    life.subscription("a", "active"),
                                    before("past_due")))),
            new SubscriptionCase(
                    "D4",
                    "an old past_due after a newer active",
                    "sub_a active paid - expiry -",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "customer.subscription.updated", 90_000, life.subscription("a", "active")),
                            life.event("2", "customer.subscription.updated", 50, life.subscription("a", "past_due")))),
            new SubscriptionCase(
                    "D5",
                    "what a slow handler saw first and writes last",
                    "sub_a active paid - expiry -",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "customer.subscription.created", 5, life.subscription("a", "incomplete")),
                            life.event("2", "customer.subscription.updated", 40, life.subscription("a", "trialing")),
                            life.event("3", "customer.subscription.updated", 50, life.subscription("a", "active")))),
            new SubscriptionCase(
                    "D6",
                    "plan change by delete and create",
                    "sub_b active paid P1 expiry P1",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "customer.subscription.created", 10, life.subscription("b", "active")),
                            life.event("2", "customer.subscription.deleted", 11, life.subscription("a", "active")),
                            life.event("3", "invoice.paid", 12, life.invoice("b", 1)))),
            new SubscriptionCase(
                    "D7",
                    "two live subscriptions of one user",
                    "sub_a active paid - expiry -,sub_b active paid - expiry -",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "customer.subscription.created", 10, life.subscription("a", "active")),
                            life.event("2", "customer.subscription.created", 10, life.subscription("b", "active")))),
            new SubscriptionCase(
                    "D8",
                    "a cancelled subscription stays, with its plan's history",
                    "sub_a canceled paid P1 expiry P1",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "customer.subscription.created", 10, life.subscription("a", "active")),
                            life.event("2", "invoice.paid", 11, life.invoice("a", 1)),
                            life.event("3", "customer.subscription.deleted", 20, life.subscription("a", "active")))),
            new SubscriptionCase(
                    "D9",
                    "incomplete becomes active when it is paid",
                    "sub_a active paid P1 expiry P1",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "customer.subscription.created", 10, life.subscription("a", "incomplete")),
                            life.event("2", "customer.subscription.updated", 20, life.subscription("a", "active")),
                            life.event("3", "invoice.paid", 19, life.invoice("a", 1)))),
            new SubscriptionCase(
                    "D9_EXPIRED",
                    "incomplete expires: nothing is given",
                    "sub_a incomplete_expired paid - expiry -",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "customer.subscription.created", 10, life.subscription("a", "incomplete")),
                            life.event("2", "invoice.payment_failed", 12, life.invoice("a", 1)),
                            life.event(
                                    "3",
                                    "customer.subscription.updated",
                                    80_000,
                                    life.subscription("a", "incomplete_expired")))),
            new SubscriptionCase(
                    "D10",
                    "a renewal fails and is paid later",
                    "sub_a active paid P2 expiry P2",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "invoice.paid", 10, life.invoice("a", 1)),
                            life.event("2", "invoice.payment_failed", 30, life.invoice("a", 2)),
                            life.event("3", "customer.subscription.updated", 31, life.subscription("a", "past_due")),
                            life.event("4", "invoice.paid", 40, life.invoice("a", 2)),
                            life.event("5", "customer.subscription.updated", 41, life.subscription("a", "active")))),
            new SubscriptionCase(
                    "D12",
                    "older shapes: period on the subscription, invoice.subscription",
                    "sub_a active paid P1 expiry P1",
                    life -> {
                        JsonObject old = life.subscription("a", "active")
                                .put("current_period_start", Life.START)
                                .put("current_period_end", Life.START + Life.MONTH);
                        old.getJsonObject("items")
                                .getJsonArray("data")
                                .getJsonObject(0)
                                .remove("current_period_end");
                        JsonObject invoice = life.invoice("a", 1).put("subscription", "sub_a_" + life.run());
                        invoice.remove("parent");
                        JsonObject line = invoice.getJsonObject("lines")
                                .getJsonArray("data")
                                .getJsonObject(0);
                        line.put("subscription", "sub_a_" + life.run())
                                .put("proration", false)
                                .remove("parent");
                        return List.of(
                                life.customer(),
                                life.event("1", "customer.subscription.created", 10, old),
                                life.event("2", "invoice.payment_succeeded", 11, invoice));
                    }),
            new SubscriptionCase(
                    "D13", "items added and removed, of one period", "sub_a active paid P1 expiry P1", life -> {
                        JsonObject two = life.subscription("a", "active");
                        JsonArray items = two.getJsonObject("items").getJsonArray("data");
                        items.add(life.item("si_x_" + life.run(), 1).put("quantity", (Object) null));
                        JsonObject paid = life.invoice("a", 1);
                        JsonArray lines = paid.getJsonObject("lines").getJsonArray("data");
                        lines.add(lines.getJsonObject(0).copy().put("id", "il_x_" + life.run()));
                        return List.of(
                                life.customer(),
                                life.event("1", "customer.subscription.created", 10, two),
                                life.event("2", "customer.subscription.updated", 20, life.subscription("a", "active")),
                                life.event("3", "invoice.paid", 11, paid));
                    }),
            new SubscriptionCase(
                    "D14", "the period moves before the charge", "sub_a active paid P1 expiry P1", life -> {
                        JsonObject moved = life.subscription("a", "active");
                        moved.getJsonObject("items")
                                .put("data", new JsonArray().add(life.item("si_a_" + life.run(), 2)));
                        return List.of(
                                life.customer(),
                                life.event("1", "invoice.paid", 10, life.invoice("a", 1)),
                                life.event("2", "customer.subscription.created", 10, life.subscription("a", "active")),
                                life.event("3", "customer.subscription.updated", 50, moved));
                    }),
            new SubscriptionCase(
                    "D16",
                    "cancel at the period's end, and its undo",
                    "sub_a active paid P1 expiry P1",
                    life -> List.of(
                            life.customer(),
                            life.event(
                                    "1",
                                    "customer.subscription.updated",
                                    10,
                                    life.subscription("a", "active").put("cancel_at_period_end", true)),
                            life.event("2", "customer.subscription.updated", 20, life.subscription("a", "active")),
                            life.event("3", "invoice.paid", 5, life.invoice("a", 1)))),
            new SubscriptionCase(
                    "S1",
                    "a schedule that was released stays released",
                    "sched released sub_a",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "subscription_schedule.created", 10, schedule(life, "not_started")),
                            life.event("2", "subscription_schedule.released", 20, schedule(life, "released")),
                            life.event("3", "subscription_schedule.updated", 30, schedule(life, "active")))),
            new SubscriptionCase(
                    "E1",
                    "one invoice by both of its names, each once",
                    "sub_a active paid P1 expiry P1",
                    life -> List.of(
                            life.customer(),
                            life.event("1", "customer.subscription.created", 10, life.subscription("a", "active")),
                            life.event("2", "invoice.paid", 11, life.invoice("a", 1)),
                            life.event("3", "invoice.payment_succeeded", 11, life.invoice("a", 1)))),
            new SubscriptionCase(
                    "E5", "a trial's invoice of nothing gives no paid time", "sub_a trialing paid - expiry -", life -> {
                        JsonObject free = life.invoice("a", 1);
                        free.getJsonObject("lines")
                                .getJsonArray("data")
                                .getJsonObject(0)
                                .put("amount", 0);
                        return List.of(
                                life.customer(),
                                life.event(
                                        "1",
                                        "customer.subscription.created",
                                        10,
                                        life.subscription("a", "trialing").put("trial_end", Life.START + Life.MONTH)),
                                life.event("2", "invoice.paid", 11, free));
                    }),
            new SubscriptionCase(
                    "B6",
                    "price before its product, subscription before both",
                    "sub_a active paid P1 expiry P1",
                    life -> List.of(
                            life.customer(),
                            life.product(1, "7"),
                            life.price(2),
                            life.event("1", "customer.subscription.created", 10, life.subscription("a", "active")),
                            life.event("2", "invoice.paid", 11, life.invoice("a", 1)))));

    List<StripeJson> events(String run) {
        return life.apply(new Life(run));
    }

    /** Lines that the state must hold. */
    List<String> expected() {
        return List.of(result.split(",", -1));
    }

    private static JsonObject schedule(Life life, String status) {
        return new JsonObject()
                .put("id", "sched_" + life.run())
                .put("object", "subscription_schedule")
                .put("status", status)
                .put("subscription", "sub_a_" + life.run())
                .put("phases", new JsonArray().add(Life.period(1)));
    }

    private static JsonObject before(String status) {
        return new JsonObject().put("status", status);
    }

    @Override
    public String toString() {
        return name + ": " + what;
    }
}
