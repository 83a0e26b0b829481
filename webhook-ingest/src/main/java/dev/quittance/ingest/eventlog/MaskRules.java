package dev.quittance.ingest.eventlog;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What support may see of a body. All text is hidden that is not known to be harmless: Stripe adds fields, and one that nobody has
 * heard of may be a name.
 */
final class MaskRules {
    static final String MASK = "***";

    /** Closed vocabularies of Stripe's, and times. */
    private static final Set<String> HARMLESS = Set.of(
            "object",
            "type",
            "status",
            "api_version",
            "currency",
            "mode",
            "payment_status",
            "payment_method_types",
            "billing_reason",
            "collection_method",
            "reason",
            "failure_code",
            "interval",
            "capture_method",
            "confirmation_method",
            "brand",
            "funding",
            "usage_type",
            "billing_scheme",
            "tax_behavior",
            "proration_behavior");

    /** What is inside is the shop's, under keys of its own. */
    private static final String METADATA = "metadata";

    private static final Pattern STRIPE_ID = Pattern.compile(
            "(evt|cus|pi|ch|py|re|pyr|in|ii|il|sub|si|price|plan|prod|cs_test|cs_live|pm|card|src|seti|acct|txn|po|du|dp|issfr|prv"
                    + "|cn|inpay|req|we)_[A-Za-z0-9]{1,255}");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private MaskRules() {}

    static String mask(byte[] body) {
        try {
            return JSON.writeValueAsString(masked("", JSON.readTree(body)));
        } catch (IOException e) {
            // The parser's message would quote the body.
            throw new IllegalStateException("a logged body is not JSON");
        }
    }

    private static JsonNode masked(String name, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return METADATA.equals(name) ? hidden(object) : masked(object);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.createArrayNode();
            array.forEach(element -> copy.add(masked(name, element)));
            return copy;
        }
        boolean isShown = !node.isTextual()
                || HARMLESS.contains(name)
                || STRIPE_ID.matcher(node.textValue()).matches();
        return isShown ? node : TextNode.valueOf(MASK);
    }

    private static ObjectNode masked(ObjectNode object) {
        ObjectNode copy = JSON.createObjectNode();
        object.properties().forEach(field -> copy.set(field.getKey(), masked(field.getKey(), field.getValue())));
        return copy;
    }

    private static ObjectNode hidden(ObjectNode metadata) {
        ObjectNode copy = JSON.createObjectNode();
        metadata.fieldNames().forEachRemaining(key -> copy.put(key, MASK));
        return copy;
    }
}
