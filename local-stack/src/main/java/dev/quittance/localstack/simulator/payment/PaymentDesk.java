package dev.quittance.localstack.simulator.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.balance.BalanceDesk;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Payment intents and charges, for whatever is paid with them: a checkout or an invoice. */
public final class PaymentDesk {
    private static final long FEE_FIXED_MINOR = 25;
    private static final long FEE_PER_MILLE = 15;
    private static final String[] OF_THE_INTENT = {"currency", "customer", "description", "metadata", "receipt_email"};

    private final World world;
    private final ObjectShelf shelf;
    private final EventLog events;
    private final Ids ids;
    private final BalanceDesk balance;

    /**
     * What an intent is to collect.
     *
     * @param customer the id as JSON, or null as JSON
     * @param data what the merchant wants on the intent
     * @param invoice the invoice that it pays; only older versions of the API show it
     */
    public record Order(
            long amount,
            String currency,
            JsonNode customer,
            @Nullable Params data,
            @Nullable String invoice) {}

    /**
     * Whose card or account it is, as far as that is known.
     *
     * @param method the payment method on file; null for one that is used once
     */
    public record Holder(
            @Nullable String email,
            @Nullable String name,
            @Nullable String method) {
        public static Holder of(ObjectNode customer) {
            return new Holder(
                    customer.path("email").textValue(),
                    customer.path("name").textValue(),
                    customer.at("/invoice_settings/default_payment_method").textValue());
        }
    }

    public PaymentDesk(World world, BalanceDesk balance) {
        this.world = world;
        this.shelf = world.shelf();
        this.events = world.events();
        this.ids = world.ids();
        this.balance = balance;
    }

    public void mount(Router router, StripeApi api) {
        readOnly(router, api, "payment_intent", "customer");
        readOnly(router, api, "charge", "payment_intent", "customer");
    }

    private void readOnly(Router router, StripeApi api, String kind, String... filters) {
        String path = "/v1/" + kind + "s";
        api.get(router, path, call -> {
            List<ObjectNode> found = shelf.all(kind).stream()
                    .filter(object -> ListPage.matches(call.params(), object, filters))
                    .filter(object -> ListPage.isCreatedWithin(call.params(), object))
                    .toList();
            return ListPage.of(call, found);
        });
        api.get(router, path + "/:id", call -> shelf.get(kind, call.id(), "id").deepCopy());
    }

    /** 1.5 % and 25 of the smallest unit, rounded half up. */
    public static long fee(long amount) {
        return (amount * FEE_PER_MILLE + 500) / 1000 + FEE_FIXED_MINOR;
    }

    public ObjectNode open(Order order) {
        ObjectNode intent = Shapes.fresh("payment_intent");
        String id = ids.paymentIntent();
        intent.put("id", id);
        intent.put("amount", order.amount());
        intent.put("client_secret", id + "_secret_" + ids.secret());
        intent.put("created", world.clock().seconds());
        intent.put("currency", order.currency());
        intent.set("customer", order.customer());
        if (order.data() != null) {
            order.data()
                    .copyTexts(intent, "description", "receipt_email", "setup_future_usage", "statement_descriptor");
            order.data().mergeMetadata(intent);
        }
        if (order.invoice() != null) {
            intent.put("_invoice", order.invoice());
        }
        shelf.put(intent);
        events.emit("payment_intent.created", intent, Call.Cause.NOBODY);
        return intent;
    }

    /** The charge of an attempt, not yet told of: what became of it is for {@link #succeed} or {@link #decline} to say. */
    public ObjectNode charge(ObjectNode intent, Holder holder, Means means) {
        long amount = intent.path("amount").asLong();
        ObjectNode charge = Shapes.fresh("charge");
        String id = ids.charge();
        String method = holder.method() == null ? ids.paymentMethod() : holder.method();
        charge.put("id", id);
        charge.put("amount", amount);
        charge.put("amount_captured", amount);
        charge.put("created", world.clock().seconds());
        charge.put("payment_intent", intent.path("id").asText());
        charge.put("payment_method", method);
        charge.put("receipt_url", "https://pay.stripe.com/receipts/payment/" + ids.secret());
        for (String shared : OF_THE_INTENT) {
            charge.set(shared, intent.path(shared).deepCopy());
        }
        ObjectNode billing = (ObjectNode) charge.path("billing_details");
        billing.put("email", holder.email());
        billing.put("name", holder.name());
        means.describe(charge, amount);
        if (intent.has("_invoice")) {
            charge.set("_invoice", intent.path("_invoice"));
        }
        intent.put("latest_charge", id);
        intent.put("payment_method", method);
        shelf.put(charge);
        return charge;
    }

    public void succeed(ObjectNode intent, ObjectNode charge) {
        charge.put("status", "succeeded");
        charge.put("paid", true);
        intent.put("status", "succeeded");
        intent.put("amount_received", intent.path("amount").asLong());
        intent.putNull("last_payment_error");
        intent.putNull("next_action");
        intent.putNull("processing");
        events.emit("charge.succeeded", charge, Call.Cause.NOBODY);
        events.emit("payment_intent.succeeded", intent, Call.Cause.NOBODY);
    }

    public void decline(ObjectNode intent, ObjectNode charge, Means means) {
        charge.put("status", "failed");
        charge.put("paid", false);
        charge.put("captured", false);
        charge.put("amount_captured", 0);
        charge.put("failure_code", means.failureCode());
        charge.put("failure_message", means.failureMessage());
        charge.putNull("receipt_url");
        ObjectNode outcome = (ObjectNode) charge.path("outcome");
        outcome.put("network_status", "declined_by_network");
        outcome.put("reason", "generic_decline");
        outcome.put("seller_message", "The bank did not return any further details with this decline.");
        outcome.put("type", "issuer_declined");
        failed(intent, means.failureCode(), means.failureMessage())
                .put("charge", charge.path("id").asText())
                .put("decline_code", "generic_decline");
        events.emit("charge.failed", charge, Call.Cause.NOBODY);
        events.emit("payment_intent.payment_failed", intent, Call.Cause.NOBODY);
    }

    /** The card's bank asks the buyer first. */
    public void challenge(ObjectNode intent) {
        intent.put("status", "requires_action");
        ObjectNode action = intent.putObject("next_action");
        action.put("type", "use_stripe_sdk");
        action.putObject("use_stripe_sdk").put("type", "three_d_secure_redirect");
        events.emit("payment_intent.requires_action", intent, Call.Cause.NOBODY);
    }

    public void refuseChallenge(ObjectNode intent) {
        failed(
                intent,
                "payment_intent_authentication_failure",
                "The provided PaymentMethod has failed authentication.");
        events.emit("payment_intent.payment_failed", intent, Call.Cause.NOBODY);
    }

    /** On its way through the banks. */
    public void process(ObjectNode intent, ObjectNode charge) {
        charge.put("status", "pending");
        charge.put("paid", false);
        intent.put("status", "processing");
        intent.withArray("payment_method_types").removeAll().add("card").add(Means.DEBIT.type());
        events.emit("charge.pending", charge, Call.Cause.NOBODY);
        events.emit("payment_intent.processing", intent, Call.Cause.NOBODY);
    }

    private static ObjectNode failed(ObjectNode intent, String code, String message) {
        intent.put("status", "requires_payment_method");
        intent.putNull("payment_method");
        intent.putNull("next_action");
        intent.putNull("processing");
        ObjectNode error = intent.putObject("last_payment_error");
        error.put("code", code);
        error.put("message", message);
        error.put("type", "card_error");
        return error;
    }

    /** The balance transaction, and with it the fee, comes after the payment: Stripe captures asynchronously. */
    public void settle(ObjectNode charge) {
        long amount = charge.path("amount").asLong();
        ObjectNode transaction = balance.book(new BalanceDesk.Movement(
                "charge",
                "charge",
                charge.path("currency").asText(),
                amount,
                fee(amount),
                charge.path("id").asText(),
                charge.path("description").textValue()));
        ObjectNode before = charge.deepCopy();
        charge.put("balance_transaction", transaction.path("id").asText());
        events.emitChange("charge.updated", before, charge, Call.Cause.NOBODY);
    }
}
