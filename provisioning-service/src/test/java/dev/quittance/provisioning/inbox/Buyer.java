package dev.quittance.provisioning.inbox;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who the buyer is. RUN is replaced by the run's own number, so that runs do not meet. */
enum Buyer {
    NEW_GUEST("ann.RUN@example.com,cs_RUN,cus_RUN,t") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, "ann.RUN@example.com"),
                    updated(run, "ann.RUN@example.com").name("Ann Example").event(),
                    completed(run, "ann.RUN@example.com", null));
        }
    },
    NEW_GUEST_WHO_CHANGES_THE_EMAIL("new.RUN@example.com,cs_RUN,cus_RUN,t") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, "old.RUN@example.com"),
                    updated(run, "new.RUN@example.com").event(),
                    completed(run, "typed.RUN@example.com", null));
        }
    },
    CUSTOMER_WITHOUT_EMAIL("ann.RUN@example.com,cs_RUN,cus_RUN,t") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, null),
                    updated(run, null).name("Ann Example").event(),
                    completed(run, "ann.RUN@example.com", null));
        }
    },
    SIGNED_IN("user.RUN@example.com,cs_RUN,cus_RUN,t") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, "user.RUN@example.com"),
                    updated(run, "user.RUN@example.com").name("Ann Example").event(),
                    completed(run, "user.RUN@example.com", "user"));
        }
    },
    SIGNED_IN_WITH_ANOTHER_EMAIL("user.RUN@example.com,cs_RUN,cus_RUN,t") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, "other.RUN@example.com"),
                    updated(run, "other.RUN@example.com").name("Ann Example").event(),
                    completed(run, "other.RUN@example.com", "user"));
        }
    },
    SIGNED_IN_WITH_THE_EMAIL_OF_A_VERIFIED_OTHER("user.RUN@example.com,cs_RUN,cus_RUN,t") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, "verified.RUN@example.com"),
                    updated(run, "verified.RUN@example.com").name("Ann Example").event(),
                    completed(run, "verified.RUN@example.com", "user"));
        }
    },
    SIGNED_IN_WHOSE_EMAIL_BECOMES_A_VERIFIED_OTHERS("user.RUN@example.com,cs_RUN,cus_RUN,t") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, "old.RUN@example.com"),
                    updated(run, "verified.RUN@example.com").name("Ann Example").event(),
                    completed(run, "typed.RUN@example.com", "user"));
        }
    },
    SIGNED_IN_WITH_THE_EMAIL_OF_AN_UNVERIFIED_OTHER("user.RUN@example.com,cs_RUN,cus_RUN,t") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, "unverified.RUN@example.com"),
                    updated(run, "unverified.RUN@example.com").event(),
                    completed(run, "unverified.RUN@example.com", "user"));
        }
    },
    GUEST_WITH_THE_EMAIL_OF_A_VERIFIED_USER("verified.RUN@example.com,cs_RUN,cus_RUN,t") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, "Verified.RUN@Example.com "),
                    updated(run, "verified.RUN@example.com").event(),
                    completed(run, "VERIFIED.RUN@example.com", null));
        }
    },
    GUEST_WITH_THE_EMAIL_OF_AN_UNVERIFIED_USER("evt_s_RUN,customer:/cus_RUN,email-unverified") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, "unverified.RUN@example.com"),
                    updated(run, "unverified.RUN@example.com").event(),
                    completed(run, "unverified.RUN@example.com", null));
        }
    },
    CUSTOMER_WITH_METADATA("user.RUN@example.com,cs_RUN,cus_RUN,t") {
        @Override
        List<StripeJson> events(String run) {
            return List.of(
                    created(run, "user.RUN@example.com").named(userId("user", run)),
                    updated(run, "user.RUN@example.com").event().named(userId("user", run)),
                    completed(run, "other.RUN@example.com", "user"));
        }
    };

    private final String expected;

    Buyer(String expected) {
        this.expected = expected;
    }

    /** A line that the state must hold: whose the session is, or what it waits for. */
    String expected() {
        return expected;
    }

    abstract List<StripeJson> events(String run);

    static UUID userId(String who, String run) {
        return UUID.nameUUIDFromBytes((who + run).getBytes(StandardCharsets.UTF_8));
    }

    private static StripeJson created(String run, @Nullable String email) {
        JsonObject customer =
                StripeJson.customer("cus_" + run).put("email", email == null ? null : email.replace("RUN", run));
        return StripeJson.of("evt_c_" + run, "customer.created", 1, customer);
    }

    private static Update updated(String run, @Nullable String email) {
        return new Update(
                run, StripeJson.customer("cus_" + run).put("email", email == null ? null : email.replace("RUN", run)));
    }

    /** In the same second as the creation. */
    private record Update(String run, JsonObject customer) {
        Update name(String name) {
            customer.put("name", name);
            return this;
        }

        StripeJson event() {
            return StripeJson.of("evt_u_" + run, "customer.updated", 1, customer);
        }
    }

    private static StripeJson completed(String run, String email, @Nullable String reference) {
        JsonObject session = StripeJson.session("cs_" + run)
                .put("customer", "cus_" + run)
                .put(
                        "client_reference_id",
                        reference == null ? null : userId(reference, run).toString())
                .put(
                        "customer_details",
                        new JsonObject().put("email", email.replace("RUN", run)).put("name", "As Typed"));
        return StripeJson.of("evt_s_" + run, "checkout.session.completed", 2, session);
    }
}
