package dev.quittance.provisioning.inbox;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What Stripe says in the cases. */
final class CaseEvents {
    /** Seconds after the events' day zero: later than anything that a user says while these tests run. */
    static final long LATER = 10L * 366 * 86_400;

    private CaseEvents() {}

    static StripeJson changed(String run, String email, long second) {
        StripeJson event = StripeJson.of(
                        "evt_u_" + run,
                        "customer.updated",
                        second,
                        StripeJson.customer("cus_" + run).put("email", email))
                .named(Buyer.userId("user", run));
        event.body()
                .getJsonObject("data")
                .put("previous_attributes", new JsonObject().put("email", "user." + run + "@example.com"));
        return event;
    }

    static String guest(String run) {
        return "guest." + run + "@example.com";
    }

    static StripeJson created(String customer, @Nullable String email) {
        return StripeJson.of(
                "evt_" + customer,
                "customer.created",
                1,
                StripeJson.customer(customer).put("email", email));
    }

    static StripeJson session(
            String id, @Nullable String customer, @Nullable String email, @Nullable String reference) {
        String run = id.substring(id.length() - 6);
        JsonObject session = StripeJson.session(id)
                .put("customer", customer)
                .put(
                        "client_reference_id",
                        reference == null ? null : Buyer.userId(reference, run).toString())
                .put("customer_details", new JsonObject().put("email", email));
        return StripeJson.of("evt_" + id, "checkout.session.completed", 2, session);
    }
}
