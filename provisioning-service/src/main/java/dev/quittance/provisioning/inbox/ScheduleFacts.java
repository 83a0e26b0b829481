package dev.quittance.provisioning.inbox;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.provisioning.customer.Stamp;
import dev.quittance.provisioning.subscription.ScheduleFact;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Reads subscription schedules. */
final class ScheduleFacts {
    private static final Set<String> OVER = Set.of("released", "completed", "canceled");

    private ScheduleFacts() {}

    static Reading<ProvisioningFact> schedule(StripeEvent event, String account) {
        StripeObject object = event.object();
        String id = object.id().orNull();
        String status = object.text("status").orNull();
        if (id == null || status == null) {
            return new Reading.Ignored<>("no-schedule");
        }
        ScheduleFact fact = new ScheduleFact(
                account,
                id,
                object.id("subscription", "released_subscription").orNull(),
                object.id("customer").orNull(),
                status,
                OVER.contains(status),
                phases(object),
                Stamp.stated(event.created().toOptional(), !event.type().endsWith(".created"), event.id()));
        return new Reading.Relevant<>(new ProvisioningFact.ScheduleSeen(fact), Set.of(fact.subject()));
    }

    private static String phases(StripeObject schedule) {
        JsonArray phases = new JsonArray();
        for (StripeObject phase : schedule.list("phases")) {
            JsonArray items = new JsonArray();
            for (StripeObject item : phase.list("items", "plans")) {
                items.add(new JsonObject()
                        .put("price", item.id("price", "plan").orNull())
                        .put("quantity", item.integer("quantity").orNull()));
            }
            phases.add(new JsonObject()
                    .put("start", phase.integer("start_date").orNull())
                    .put("end", phase.integer("end_date").orNull())
                    .put("items", items));
        }
        return phases.encode();
    }
}
