package dev.quittance.localstack.simulator.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.catalogue.CatalogueDesk;
import dev.quittance.localstack.simulator.rest.Call;
import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.rest.Params;
import dev.quittance.localstack.simulator.rest.Shapes;
import dev.quittance.localstack.simulator.rest.StripeFailure;
import java.util.ArrayList;
import java.util.List;

/** Reads what a checkout is to sell: prices that there are, or that it describes. */
final class CheckoutLines {
    static final int LINES_MAX = 100;
    static final long QUANTITY_MAX = 999_999;

    private final ObjectShelf shelf;
    private final CatalogueDesk catalogue;
    private final Ids ids;

    CheckoutLines(ObjectShelf shelf, CatalogueDesk catalogue, Ids ids) {
        this.shelf = shelf;
        this.catalogue = catalogue;
        this.ids = ids;
    }

    /** @param isTrial what recurs costs nothing today */
    List<ObjectNode> of(Call call, boolean isSubscription, boolean isTrial) {
        List<Params> asked = call.params().list("line_items");
        if (asked.isEmpty()) {
            throw StripeFailure.missing("line_items");
        }
        if (asked.size() > LINES_MAX) {
            throw StripeFailure.invalid("parameter_invalid", "line_items", "More than " + LINES_MAX + " line items.");
        }
        List<ObjectNode> lines = new ArrayList<>();
        asked.forEach(line -> lines.add(line(line, call.cause(), isTrial)));
        requireOneCurrency(lines);
        boolean isAnyRecurring = lines.stream().anyMatch(CheckoutLines::isRecurring);
        if (isSubscription && !isAnyRecurring) {
            throw StripeFailure.invalid(
                    "parameter_invalid",
                    "line_items",
                    "You must provide at least one recurring price in `subscription` mode.");
        }
        if (!isSubscription && isAnyRecurring) {
            throw StripeFailure.invalid(
                    "parameter_invalid", "line_items", "You specified `payment` mode but passed a recurring price.");
        }
        return lines;
    }

    static boolean isRecurring(ObjectNode line) {
        return line.at("/price/type").asText().equals("recurring");
    }

    private static void requireOneCurrency(List<ObjectNode> lines) {
        long currencies = lines.stream()
                .map(line -> line.path("currency").asText())
                .distinct()
                .count();
        if (currencies > 1) {
            throw StripeFailure.invalid(
                    "parameter_invalid", "line_items", "All line items must have the same currency.");
        }
    }

    private ObjectNode line(Params asked, Call.Cause cause, boolean isTrial) {
        Params inline = asked.inside("price_data");
        ObjectNode price = inline == null
                ? shelf.get("price", asked.requiredText("price"), asked.full("price"))
                : catalogue.newPrice(inline, cause, false);
        Long quantity = asked.whole("quantity");
        if (quantity == null || quantity < 1 || quantity > QUANTITY_MAX) {
            throw StripeFailure.invalid("parameter_invalid_integer", asked.full("quantity"), "Quantity is required.");
        }
        boolean isFree = isTrial && price.path("type").asText().equals("recurring");
        long amount = isFree ? 0 : Math.multiplyExact(price.path("unit_amount").asLong(), quantity);
        ObjectNode product = shelf.get("product", price.path("product").asText(), "product");
        ObjectNode line = Shapes.fresh("item");
        line.put("id", ids.lineItem());
        line.put("amount_subtotal", amount);
        line.put("amount_total", amount);
        line.put("currency", price.path("currency").asText());
        line.put("description", product.path("name").asText());
        line.put("quantity", quantity);
        line.set("price", price.deepCopy());
        asked.mergeMetadata(line);
        return line;
    }
}
