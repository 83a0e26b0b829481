package dev.quittance.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A subscription's life as its buyer sees it: what they may use and why, after each thing that happens to it. */
final class SubscriptionLife {
    private final HttpCalls http;
    private final PurchaseStore store;
    private final StripeShop shop;
    private final String gateway;
    private final Function<UUID, String> userToken;
    private final Patience patience;
    private final BiConsumer<String, String> show;

    SubscriptionLife(
            HttpCalls http,
            PurchaseStore store,
            Map<String, String> environment,
            Function<UUID, String> userToken,
            Patience patience,
            BiConsumer<String, String> show) {
        this.http = http;
        this.store = store;
        this.shop = new StripeShop(http, value(environment, "STRIPE_API_BASE"), value(environment, "STRIPE_API_KEY"));
        this.gateway = value(environment, "GATEWAY_URL");
        this.userToken = userToken;
        this.patience = patience;
        this.show = show;
    }

    /** What the buyer's own requests answer. */
    private record Seen(String status, Instant paidUntil, boolean isActive, String access) {}

    void live(String email) {
        JsonNode session = shop.createSubscriptionSession(shop.createMonthlyPrice(), email, gateway + "/");
        String subscription = shop.subscribe(session, email);
        PurchaseStore.Owner owner = patience.await(
                "a user with an account for " + email,
                "Look at provisioning-service's log and at provisioning.parked.",
                () -> store.findOwner(email));
        String token = userToken.apply(owner.userId());
        show.accept("Subscribed", subscription + ", monthly, for " + email);
        Seen bought = await(token, seen -> seen.status().equals("active") && seen.isActive());
        shop.renew(subscription);
        show.accept("Renewed", "by the simulator's clock, a month later");
        await(token, seen -> seen.status().equals("active") && seen.paidUntil().isAfter(bought.paidUntil()));
        shop.failRenewals(subscription);
        shop.renew(subscription);
        show.accept("Declined", "the next renewal");
        await(token, seen -> seen.status().equals("past_due") && seen.isActive());
        shop.cancel(subscription);
        show.accept("Cancelled", "by the merchant");
        await(token, seen -> seen.status().equals("canceled"));
    }

    private Seen await(String token, Predicate<Seen> isThere) {
        Seen seen = patience.await(
                "the subscription's new state at /api/subscriptions",
                "Look at provisioning-service's log and at provisioning.parked.",
                () -> look(token).filter(isThere));
        show.accept("Access", seen.access());
        return seen;
    }

    private Optional<Seen> look(String token) {
        JsonNode subscription = http.required(http.get(gateway + "/api/subscriptions", token), "GET /api/subscriptions")
                .path(0);
        if (!subscription.path("paidUntil").isTextual()) {
            return Optional.empty();
        }
        JsonNode access = http.required(http.get(gateway + "/api/account", token), "GET /api/account")
                .path("access");
        boolean isActive = access.path("active").asBoolean();
        String reasons = String.join(
                ", ", access.path("reasons").valueStream().map(JsonNode::asText).toList());
        return Optional.of(new Seen(
                subscription.path("status").asText(),
                Instant.parse(subscription.path("paidUntil").asText()),
                isActive,
                (isActive ? "until " + access.path("until").asText() : "none") + ", because: " + reasons
                        + "; the subscription is " + subscription.path("status").asText()));
    }

    private static String value(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new DemoFailure("./quittance env has no " + name + ".");
        }
        return value;
    }
}
