package dev.quittance.localstack.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.identity.TokenIssuer;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.stack.LocalStack;
import dev.quittance.localstack.stack.StateFolder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** {@code ./quittance shop}: puts something on the shelves and signs a customer up, as the operator and the site would. */
public final class ShopVisit {
    private static final String CUSTOMER = "customer@example.com";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;
    private final BiFunction<UUID, String, String> userToken;

    /**
     * @param environment what {@code ./quittance env} prints
     * @param userToken makes a token of a user with an e-mail address
     */
    public ShopVisit(Map<String, String> environment, BiFunction<UUID, String, String> userToken) {
        this.environment = Map.copyOf(environment);
        this.userToken = userToken;
    }

    /**
     * Something for sale.
     *
     * @param stock null where it is endless
     */
    private record Shelf(
            String id,
            String name,
            String description,
            String type,
            long priceMinor,
            long pricePoints,
            @Nullable Long stock) {}

    private static final List<Shelf> SHELVES = List.of(
            new Shelf(
                    "b1f0c8de-5a0e-4a34-9a35-000000000001",
                    "Aerial photograph",
                    "A picture to download.",
                    "digital",
                    900,
                    300,
                    null),
            new Shelf(
                    "b1f0c8de-5a0e-4a34-9a35-000000000002",
                    "Printed map",
                    "Sent by post.",
                    "physical",
                    2_400,
                    900,
                    100L));

    public static void main(String[] arguments) {
        StateFolder state = new StateFolder(Checkout.find().root().resolve(".quittance"));
        Map<String, String> environment = state.environment().orElse(null);
        if (environment == null) {
            System.err.println("quittance: the stack does not run; ./quittance up starts it.");
            System.exit(1);
            return;
        }
        TokenIssuer tokens = LocalStack.tokens(state, environment);
        try {
            System.out.println(new ShopVisit(environment, tokens::userToken)
                    .link(arguments.length == 0 ? CUSTOMER : arguments[0]));
        } catch (DemoFailure failure) {
            System.err.println("quittance: " + failure.getMessage());
            System.exit(1);
        }
    }

    /** Where the shop is, for this customer. Asked again it changes nothing. */
    public String link(String email) {
        UUID customer = SignUpStore.signUp(value("PG_URL"), email);
        try (HttpCalls http = new HttpCalls()) {
            SHELVES.forEach(shelf -> fill(http, shelf));
            offer(http, "small", "500 points", 500, 499);
            offer(http, "large", "2500 points", 2_500, 1_999);
        }
        return value("GATEWAY_URL") + "/shop/#token=" + userToken.apply(customer, email);
    }

    private void fill(HttpCalls http, Shelf shelf) {
        String url = value("GATEWAY_URL") + "/api/admin/products/" + shelf.id();
        ObjectNode product = JSON.createObjectNode()
                .put("name", shelf.name())
                .put("description", shelf.description())
                .put("type", shelf.type())
                .put("priceMinor", shelf.priceMinor())
                .put("currency", "EUR")
                .put("pricePoints", shelf.pricePoints())
                .put("stocked", shelf.stock() != null);
        if (shelf.type().equals("digital")) {
            product.put("contentUrl", "https://example.com/files/" + shelf.id());
        }
        http.required(http.putJson(url, value("ADMIN_TOKEN"), product.toString()), "The product " + shelf.name());
        if (shelf.stock() != null) {
            ObjectNode received =
                    JSON.createObjectNode().put("kind", "received").put("quantity", shelf.stock());
            http.required(
                    http.postJson(
                            url + "/stock", value("ADMIN_TOKEN"), "first-delivery-" + shelf.id(), received.toString()),
                    "The stock of " + shelf.name());
        }
    }

    private void offer(HttpCalls http, String id, String name, long points, long priceMinor) {
        ObjectNode offer = JSON.createObjectNode()
                .put("name", name)
                .put("amount", points)
                .put("priceMinor", priceMinor)
                .put("currency", "EUR");
        http.required(
                http.putJson(
                        value("GATEWAY_URL") + "/api/admin/products/packages/" + id,
                        value("ADMIN_TOKEN"),
                        offer.toString()),
                "The package " + name);
    }

    private String value(String key) {
        String value = environment.get(key);
        if (value == null) {
            throw new DemoFailure("The stack says nothing of " + key + ".");
        }
        return value;
    }
}
