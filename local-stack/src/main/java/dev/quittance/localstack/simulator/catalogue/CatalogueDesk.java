package dev.quittance.localstack.simulator.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ListPage;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeApi;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import dev.quittance.localstack.simulator.webhook.EventLog;
import dev.quittance.localstack.simulator.world.World;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.Set;

/** Stripe's products and prices. */
public final class CatalogueDesk {
    private static final Set<String> INTERVALS = Set.of("day", "week", "month", "year");

    private final ObjectShelf shelf;
    private final EventLog events;
    private final Ids ids;
    private final InstantSource clock;

    public CatalogueDesk(World world) {
        this.shelf = world.shelf();
        this.events = world.events();
        this.ids = world.ids();
        this.clock = world.clock();
    }

    public void mount(Router router, StripeApi api) {
        api.post(router, "/v1/products", this::createProduct);
        api.get(router, "/v1/products", this::listProducts);
        api.get(router, "/v1/products/:id", this::retrieveProduct);
        api.post(router, "/v1/products/:id", this::updateProduct);
        api.delete(router, "/v1/products/:id", this::deleteProduct);
        api.post(router, "/v1/prices", this::createPrice);
        api.get(router, "/v1/prices", this::listPrices);
        api.get(router, "/v1/prices/:id", this::retrievePrice);
        api.post(router, "/v1/prices/:id", this::updatePrice);
    }

    public ObjectNode createProduct(Call call) {
        return newProduct(call.params(), call.cause()).deepCopy();
    }

    public ObjectNode createPrice(Call call) {
        return newPrice(call.params(), call.cause(), true).deepCopy();
    }

    /**
     * Makes a price, and its product when the parameters describe one.
     *
     * @param active false for a price that only one checkout uses, as Stripe has it
     */
    public ObjectNode newPrice(Params params, Call.Cause cause, boolean active) {
        Params productData = params.inside("product_data");
        String currency = params.currency("currency");
        long amount = params.amount("unit_amount");
        String product = productData == null
                ? shelf.get("product", params.requiredText("product"), params.full("product"))
                        .path("id")
                        .asText()
                : newProduct(productData, cause).path("id").asText();
        ObjectNode price = Shapes.fresh("price");
        price.put("id", ids.price());
        price.put("active", active && params.flag("active", true));
        price.put("created", clock.instant().getEpochSecond());
        price.put("currency", currency);
        price.put("product", product);
        price.put("unit_amount", amount);
        price.put("unit_amount_decimal", Long.toString(amount));
        params.copyTexts(price, "lookup_key", "nickname");
        params.mergeMetadata(price);
        Params recurring = params.inside("recurring");
        if (recurring != null) {
            price.put("type", "recurring");
            price.set("recurring", recurring(recurring));
        }
        shelf.put(price);
        events.emit("price.created", price, cause);
        return price;
    }

    public ObjectNode retrieveProduct(Call call) {
        return shelf.get("product", call.id(), "id").deepCopy();
    }

    public ObjectNode retrievePrice(Call call) {
        return shelf.get("price", call.id(), "price").deepCopy();
    }

    public ObjectNode updateProduct(Call call) {
        ObjectNode product = shelf.get("product", call.id(), "id");
        ObjectNode before = product.deepCopy();
        fillProduct(product, call.params());
        if (!before.equals(product)) {
            product.put("updated", clock.instant().getEpochSecond());
            events.emitChange("product.updated", before, product, call.cause());
        }
        return product.deepCopy();
    }

    /** Only a product that has no price can be deleted. */
    private ObjectNode deleteProduct(Call call) {
        ObjectNode product = shelf.get("product", call.id(), "id");
        boolean isSold = shelf.all("price").stream()
                .anyMatch(price -> price.path("product").asText().equals(call.id()));
        if (isSold) {
            throw StripeFailure.refused(null, "This product cannot be deleted because it has prices.");
        }
        events.emit("product.deleted", product, call.cause());
        shelf.remove(product);
        ObjectNode answer = Shapes.empty();
        answer.put("id", call.id());
        answer.put("object", "product");
        answer.put("deleted", true);
        return answer;
    }

    public ObjectNode updatePrice(Call call) {
        ObjectNode price = shelf.get("price", call.id(), "price");
        ObjectNode before = price.deepCopy();
        price.put("active", call.params().flag("active", price.path("active").asBoolean()));
        call.params().copyTexts(price, "lookup_key", "nickname");
        call.params().mergeMetadata(price);
        events.emitChange("price.updated", before, price, call.cause());
        return price.deepCopy();
    }

    public ObjectNode listProducts(Call call) {
        return ListPage.of(call, shelf.all("product"));
    }

    public ObjectNode listPrices(Call call) {
        String product = call.params().text("product");
        Set<String> keys = Set.copyOf(call.params().texts("lookup_keys"));
        return ListPage.of(
                call,
                shelf.all("price").stream()
                        .filter(price -> product == null
                                || product.equals(price.path("product").asText()))
                        .filter(price -> keys.isEmpty()
                                || keys.contains(price.path("lookup_key").asText()))
                        .toList());
    }

    private ObjectNode newProduct(Params params, Call.Cause cause) {
        ObjectNode product = Shapes.fresh("product");
        String id = params.text("id", ids.product());
        if (shelf.find(id) != null) {
            throw StripeFailure.invalid("resource_already_exists", "id", "Product already exists.");
        }
        long now = clock.instant().getEpochSecond();
        product.put("id", id);
        product.put("created", now);
        product.put("updated", now);
        product.put("name", params.requiredText("name"));
        fillProduct(product, params);
        shelf.put(product);
        events.emit("product.created", product, cause);
        Params price = params.inside("default_price_data");
        if (price != null) {
            ObjectNode before = product.deepCopy();
            price.tree().put("product", id);
            product.put("default_price", newPrice(price, cause, true).path("id").asText());
            events.emitChange("product.updated", before, product, cause);
        }
        return product;
    }

    private static void fillProduct(ObjectNode product, Params params) {
        params.copyTexts(product, "description", "name", "statement_descriptor", "unit_label", "url", "default_price");
        product.put("active", params.flag("active", product.path("active").asBoolean()));
        params.mergeMetadata(product);
    }

    private static ObjectNode recurring(Params params) {
        String interval = params.requiredText("interval");
        if (!INTERVALS.contains(interval)) {
            throw StripeFailure.invalid("parameter_invalid", params.full("interval"), "Invalid interval.");
        }
        Long count = params.whole("interval_count");
        ObjectNode recurring = Shapes.empty();
        recurring.put("interval", interval);
        recurring.put("interval_count", count == null ? 1 : count);
        recurring.putNull("meter");
        recurring.putNull("trial_period_days");
        recurring.put("usage_type", params.text("usage_type", "licensed"));
        return recurring;
    }
}
