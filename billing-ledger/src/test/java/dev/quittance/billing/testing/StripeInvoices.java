package dev.quittance.billing.testing;

import java.util.ArrayList;
import java.util.List;

/** Stripe's answers about an invoice of 35 lines in two pages, each line of a price that gives ten points. */
final class StripeInvoices {
    private static final int LINES = 35;
    private static final int FIRST_PAGE = 30;

    private StripeInvoices() {}

    static String answer(String path, String query) {
        String[] parts = path.split("/", -1);
        String id = parts[3];
        if (path.startsWith("/v1/prices/")) {
            return """
                    {"id":"%s","object":"price","currency":"eur","unit_amount":100,"active":true,"created":1760000000,
                     "metadata":{"points":"10"},"product":{"id":"prod_long","object":"product","name":"Ten","active":true,
                       "created":1760000000,"metadata":{}}}""".formatted(id);
        }
        if (parts.length < 5) {
            return """
                    {"id":"%s","object":"invoice","status":"paid","billing_reason":"subscription_cycle","customer":"%s",
                     "currency":"eur","total":3500,"amount_paid":3500,"created":1760000002,"metadata":{},
                     "lines":{"object":"list","has_more":true,"data":[]}}""".formatted(id, id.replace("in_long", "cus"));
        }
        boolean first = !query.contains("starting_after");
        List<String> lines = new ArrayList<>();
        for (int i = first ? 0 : FIRST_PAGE; i < (first ? FIRST_PAGE : LINES); i++) {
            lines.add("""
                    {"id":"il_%d_%s","object":"line_item","amount":100,"quantity":1,"currency":"eur",
                     "pricing":{"type":"price_details","price_details":{"price":"price_long","product":"prod_long"}}}""".formatted(i, id));
        }
        return "{\"object\":\"list\",\"has_more\":%b,\"url\":\"%s\",\"data\":[%s]}"
                .formatted(first, path, String.join(",", lines));
    }
}
