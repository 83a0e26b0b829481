package dev.quittance.billing.lookup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.PriceRetrieveParams;
import dev.quittance.billing.lookup.LookupStore.Question;
import dev.quittance.messaging.inbox.Incoming;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks Stripe for an invoice with all of its lines, page by page, and for the prices and products that they name. */
final class InvoiceLookup {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long PAGE = 100;
    private static final int PAGES_MAX = 10;
    private static final int PRICES_MAX = 50;

    private final StripeClient client;
    private final Question question;
    private final RequestOptions options;

    InvoiceLookup(StripeClient client, Question question, RequestOptions options) {
        this.client = client;
        this.question = question;
        this.options = options;
    }

    LookupAnswer ask() throws StripeException {
        Invoice invoice = client.v1().invoices().retrieve(question.id(), options);
        ArrayNode lines = JSON.createArrayNode();
        Set<String> prices = new LinkedHashSet<>();
        @Nullable String after = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            InvoiceLineItemListParams.Builder parameters =
                    InvoiceLineItemListParams.builder().setLimit(PAGE);
            if (after != null) {
                parameters.setStartingAfter(after);
            }
            StripeCollection<InvoiceLineItem> found =
                    client.v1().invoices().lineItems().list(question.id(), parameters.build(), options);
            for (JsonNode line : read(found.getLastResponse().body()).path("data")) {
                lines.add(line);
                after = line.path("id").asText();
                price(line, prices);
            }
            if (!Boolean.TRUE.equals(found.getHasMore())) {
                return whole(read(invoice.getLastResponse().body()), lines, prices);
            }
        }
        return new LookupAnswer.Unusable("TOO_MANY_LINES");
    }

    private static void price(JsonNode line, Set<String> prices) {
        JsonNode price = line.at("/pricing/price_details/price");
        if (price.isTextual()) {
            prices.add(price.asText());
        }
    }

    /** The catalogue first: when the invoice comes to be decided, everything that it names is there. */
    private LookupAnswer whole(JsonNode invoice, ArrayNode lines, Set<String> prices) throws StripeException {
        if (prices.size() > PRICES_MAX) {
            return new LookupAnswer.Unusable("TOO_MANY_PRICES");
        }
        List<Incoming> events = new ArrayList<>();
        for (String id : prices) {
            Price found = client.v1()
                    .prices()
                    .retrieve(
                            id,
                            PriceRetrieveParams.builder().addExpand("product").build(),
                            options);
            JsonNode price = read(found.getLastResponse().body());
            if (price.path("product").isObject()) {
                events.add(LookedUp.event(question, "product.updated", price.path("product")));
            }
            events.add(LookedUp.event(question, "price.updated", price));
        }
        ObjectNode whole = invoice.deepCopy();
        whole.putObject("lines").put("object", "list").put("has_more", false).set("data", lines);
        events.add(LookedUp.event(question, "invoice.updated", whole));
        return new LookupAnswer.Objects(events);
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }
}
