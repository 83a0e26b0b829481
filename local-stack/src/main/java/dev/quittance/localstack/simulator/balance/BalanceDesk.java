package dev.quittance.localstack.simulator.balance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Books every movement of the merchant's balance, and lists them. */
public final class BalanceDesk {
    private static final Duration AVAILABLE_AFTER = Duration.ofDays(2);
    private static final String KIND = "balance_transaction";
    /** Which payout took it to the bank; no version of the API shows it. */
    static final String TAKEN = "_payout";

    private final World world;
    private final ObjectShelf shelf;

    /**
     * One movement.
     *
     * @param amount negative when money leaves the balance
     * @param fee what Stripe keeps; negative when it gives a fee back
     * @param source the object that it happened for
     */
    public record Movement(
            String type,
            String category,
            String currency,
            long amount,
            long fee,
            String source,
            @Nullable String description) {}

    public BalanceDesk(World world) {
        this.world = world;
        this.shelf = world.shelf();
    }

    public void mount(Router router, StripeApi api) {
        api.get(router, "/v1/balance", _ -> balance());
        api.get(router, "/v1/balance_transactions", this::list);
        api.get(
                router,
                "/v1/balance_transactions/:id",
                call -> shelf.get(KIND, call.id(), "id").deepCopy());
    }

    public ObjectNode book(Movement movement) {
        ObjectNode transaction = Shapes.fresh(KIND);
        long now = world.clock().seconds();
        transaction.put("id", world.ids().balanceTransaction());
        transaction.put("amount", movement.amount());
        transaction.put("available_on", movement.amount() > 0 ? now + AVAILABLE_AFTER.toSeconds() : now);
        transaction.put("created", now);
        transaction.put("currency", movement.currency());
        transaction.put("description", movement.description());
        transaction.put("fee", movement.fee());
        transaction.put("net", movement.amount() - movement.fee());
        transaction.put("reporting_category", movement.category());
        transaction.put("source", movement.source());
        transaction.put("status", movement.amount() > 0 ? "pending" : "available");
        transaction.put("type", movement.type());
        if (movement.fee() != 0) {
            ObjectNode detail = transaction.withArray("fee_details").addObject();
            detail.put("amount", movement.fee());
            detail.putNull("application");
            detail.put("currency", movement.currency());
            detail.put("description", movement.type().equals("adjustment") ? "Dispute fee" : "Stripe processing fees");
            detail.put("type", "stripe_fee");
        }
        shelf.put(transaction);
        if (movement.amount() > 0) {
            world.agenda().atSecond(transaction.path("available_on").asLong(), this::release);
        }
        return transaction;
    }

    /** What has waited long enough is available; told once, however much it is. */
    private void release() {
        long now = world.clock().seconds();
        List<ObjectNode> due = shelf.all(KIND).stream()
                .filter(transaction -> transaction.path("status").asText().equals("pending")
                        && transaction.path("available_on").asLong() <= now)
                .toList();
        if (!due.isEmpty()) {
            makeAvailable(due);
            world.events().emit("balance.available", balance(), Call.Cause.NOBODY);
        }
    }

    void makeAvailable(List<ObjectNode> transactions) {
        transactions.forEach(transaction -> transaction.put("status", "available"));
    }

    List<ObjectNode> availableOnes(String currency) {
        return shelf.all(KIND).stream()
                .filter(transaction -> transaction.path("status").asText().equals("available")
                        && transaction.path("currency").asText().equals(currency)
                        && !transaction.has(TAKEN))
                .toList();
    }

    long available(String currency) {
        return net(shelf.all(KIND), currency, "available");
    }

    private static long net(List<ObjectNode> all, String currency, String status) {
        return all.stream()
                .filter(transaction -> transaction.path("status").asText().equals(status)
                        && transaction.path("currency").asText().equals(currency))
                .mapToLong(transaction -> transaction.path("net").asLong())
                .sum();
    }

    private ObjectNode balance() {
        List<ObjectNode> all = shelf.all(KIND);
        ObjectNode balance = Shapes.empty();
        balance.put("object", "balance");
        balance.put("livemode", false);
        for (String status : new String[] {"available", "pending"}) {
            ArrayNode amounts = balance.putArray(status);
            all.stream()
                    .map(transaction -> transaction.path("currency").asText())
                    .distinct()
                    .sorted()
                    .forEach(currency -> {
                        ObjectNode amount = amounts.addObject();
                        long net = net(all, currency, status);
                        amount.put("amount", net);
                        amount.put("currency", currency);
                        amount.putObject("source_types").put("card", net);
                    });
        }
        return balance;
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        String payout = params.text("payout");
        return ListPage.of(
                call,
                shelf.all(KIND).stream()
                        .filter(transaction -> ListPage.matches(params, transaction, "source", "type", "currency"))
                        .filter(transaction -> payout == null
                                || payout.equals(transaction.path(TAKEN).asText()))
                        .filter(transaction -> ListPage.isCreatedWithin(params, transaction))
                        .toList());
    }
}
