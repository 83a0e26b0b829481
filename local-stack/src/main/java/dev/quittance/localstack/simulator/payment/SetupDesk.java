package dev.quittance.localstack.simulator.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Setup intents: a card is kept for later, and no money moves. */
public final class SetupDesk {
    private static final String KIND = "setup_intent";
    private static final List<String> OVER = List.of("succeeded", "canceled");

    private final World world;

    public SetupDesk(World world) {
        this.world = world;
    }

    public void mount(Router router, StripeApi api) {
        api.post(router, "/v1/setup_intents", this::create);
        api.get(
                router,
                "/v1/setup_intents",
                call -> ListPage.of(
                        call,
                        world.shelf().all(KIND).stream()
                                .filter(intent -> ListPage.matches(call.params(), intent, "customer"))
                                .toList()));
        api.get(router, "/v1/setup_intents/:id", call -> intent(call).deepCopy());
        api.post(router, "/v1/setup_intents/:id/cancel", call -> {
            cancel(intent(call), call.cause());
            return intent(call).deepCopy();
        });
    }

    private ObjectNode create(Call call) {
        String customer = call.params().text("customer");
        if (customer != null) {
            world.shelf().get("customer", customer, "customer");
        }
        ObjectNode intent = Shapes.empty();
        intent.put("customer", customer);
        return open(intent.path("customer"), call.params(), call.cause()).deepCopy();
    }

    /**
     * @param customer the id as JSON, or null as JSON
     * @param data what the merchant wants on the intent
     */
    public ObjectNode open(JsonNode customer, @Nullable Params data, Call.Cause cause) {
        ObjectNode intent = Shapes.fresh(KIND);
        String id = world.ids().setupIntent();
        intent.put("id", id);
        intent.put("client_secret", id + "_secret_" + world.ids().secret());
        intent.put("created", world.clock().seconds());
        intent.set("customer", customer);
        if (data != null) {
            data.copyTexts(intent, "description", "usage");
            data.mergeMetadata(intent);
        }
        world.shelf().put(intent);
        world.events().emit("setup_intent.created", intent, cause);
        return intent;
    }

    /** The card is kept; whose it is may be known only now. */
    public void succeed(ObjectNode intent, JsonNode customer, String paymentMethod) {
        intent.set("customer", customer);
        intent.put("payment_method", paymentMethod);
        intent.put("status", "succeeded");
        world.events().emit("setup_intent.succeeded", intent, Call.Cause.NOBODY);
    }

    public void fail(ObjectNode intent, Means means) {
        ObjectNode error = intent.putObject("last_setup_error");
        error.put("code", means.failureCode());
        error.put("message", means.failureMessage());
        error.put("type", "card_error");
        world.events().emit("setup_intent.setup_failed", intent, Call.Cause.NOBODY);
    }

    public void cancel(ObjectNode intent, Call.Cause cause) {
        if (OVER.contains(intent.path("status").asText())) {
            throw StripeFailure.refused(
                    "setup_intent_unexpected_state",
                    "You cannot cancel this SetupIntent because it has a status of "
                            + intent.path("status").asText() + ".");
        }
        intent.put("status", "canceled");
        intent.put("cancellation_reason", "abandoned");
        world.events().emit("setup_intent.canceled", intent, cause);
    }

    private ObjectNode intent(Call call) {
        return intent(call.id());
    }

    public ObjectNode intent(String id) {
        return world.shelf().get(KIND, id, "intent");
    }
}
