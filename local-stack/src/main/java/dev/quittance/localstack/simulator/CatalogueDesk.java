package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Set;

/** Stripe's products and prices. */
final class CatalogueDesk {
    private static final Set<String> INTERVALS = Set.of("day", "week", "month", "year");

    private final ObjectShelf shelf;
    private final EventLog events;
    private final Ids ids;
    private final InstantSource clock;

    CatalogueDesk(ObjectShelf shelf, EventLog events, Ids ids, InstantSource clock) {
        this.shelf = shelf;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    ObjectNode createProduct(Call call) {
        return newProduct(call.params(), call.cause()).deepCopy();
    }

    ObjectNode createPrice(Call call) {
        return newPrice(call.params(), call.cause(), true).deepCopy();
    }

    /**
     * Makes a price, and its product when the parameters describe one.
     *
     * @param active false for a price that only one checkout uses, as Stripe has it
     */
    ObjectNode newPrice(Params params, Call.Cause cause, boolean active) {
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

    ObjectNode retrieveProduct(Call call) {
        return shelf.get("product", call.id(), "id").deepCopy();
    }

    ObjectNode retrievePrice(Call call) {
        return shelf.get("price", call.id(), "price").deepCopy();
    }

    ObjectNode updateProduct(Call call) {
        ObjectNode product = shelf.get("product", call.id(), "id");
        ObjectNode before = product.deepCopy();
        fillProduct(product, call.params());
        if (!before.equals(product)) {
            product.put("updated", clock.instant().getEpochSecond());
            events.emitChange("product.updated", before, product, call.cause());
        }
        return product.deepCopy();
    }

    ObjectNode updatePrice(Call call) {
        ObjectNode price = shelf.get("price", call.id(), "price");
        ObjectNode before = price.deepCopy();
        price.put("active", call.params().flag("active", price.path("active").asBoolean()));
        call.params().copyTexts(price, "lookup_key", "nickname");
        call.params().mergeMetadata(price);
        events.emitChange("price.updated", before, price, call.cause());
        return price.deepCopy();
    }

    ObjectNode listProducts(Call call) {
        return ListPage.of(call, shelf.all("product"));
    }

    ObjectNode listPrices(Call call) {
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
