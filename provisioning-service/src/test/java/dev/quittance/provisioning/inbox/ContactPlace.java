package dev.quittance.provisioning.inbox;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Where an e-mail stands when neither the customer nor the session says one. */
enum ContactPlace {
    INVOICE {
        @Override
        StripeJson of(String run, @Nullable String customer, String email) {
            return event(run, "i", "invoice.paid", paid(run, "in_", customer).put("customer_email", email));
        }
    },
    CHARGE {
        @Override
        StripeJson of(String run, @Nullable String customer, String email) {
            return event(
                    run,
                    "ch",
                    "charge.succeeded",
                    paid(run, "ch_", customer).put("billing_details", new JsonObject().put("email", email)));
        }
    },
    RECEIPT {
        @Override
        StripeJson of(String run, @Nullable String customer, String email) {
            return event(
                    run,
                    "r",
                    "charge.succeeded",
                    paid(run, "ch_", customer)
                            .put("billing_details", new JsonObject().putNull("email"))
                            .put("receipt_email", email));
        }
    },
    CARD {
        @Override
        StripeJson of(String run, @Nullable String customer, String email) {
            return event(
                    run,
                    "pm",
                    "payment_method.attached",
                    paid(run, "pm_", customer)
                            .put("type", "card")
                            .put("billing_details", new JsonObject().put("email", email)));
        }
    };

    abstract StripeJson of(String run, @Nullable String customer, String email);

    private static JsonObject paid(String run, String prefix, @Nullable String customer) {
        return new JsonObject()
                .put("id", prefix + run)
                .put(
                        "object",
                        switch (prefix) {
                            case "in_" -> "invoice";
                            case "ch_" -> "charge";
                            default -> "payment_method";
                        })
                .put("customer", customer)
                .put("payment_intent", "pi_" + run);
    }

    private static StripeJson event(String run, String id, String type, JsonObject object) {
        return StripeJson.of("evt_" + id + "_" + run, type, 3, object);
    }
}
