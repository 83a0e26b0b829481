package dev.quittance.provisioning.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a merchant writes into the metadata of a product or a price: the benefits, the resources and the vouchers of a plan. */
public final class OfferRules {
    /** A metadata value is 500 characters at most; this is what is left of it as a list. */
    static final int BENEFITS_MAX = 50;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BENEFITS = "benefits";
    private static final String RESOURCES = "resources";

    private OfferRules() {}

    /** A JSON array: metadata {@code benefits} as JSON or separated by commas, else the product's marketing features. */
    public static Optional<String> benefits(Map<String, String> metadata, List<String> features) {
        String written = metadata.get(BENEFITS);
        if (written == null || written.isBlank()) {
            return features.isEmpty() ? Optional.empty() : Optional.of(array(features));
        }
        return parsed(written)
                .filter(JsonNode::isArray)
                .map(JsonNode::toString)
                .or(() -> Optional.of(array(List.of(written.split(",", BENEFITS_MAX)))));
    }

    /** A JSON object: metadata {@code resources}, and what stands under a {@code resource_} key of its own. */
    public static Optional<String> resources(Map<String, String> metadata) {
        ObjectNode resources = parsed(metadata.get(RESOURCES))
                .filter(JsonNode::isObject)
                .map(found -> (ObjectNode) found)
                .orElseGet(JSON::createObjectNode);
        metadata.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("resource_"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> resources.put(entry.getKey().substring("resource_".length()), entry.getValue()));
        return resources.isEmpty() ? Optional.empty() : Optional.of(resources.toString());
    }

    /** The term of the voucher that comes with each period; empty when there is none, or none that can be meant. */
    public static Optional<VoucherTerm> voucher(Map<String, String> metadata) {
        long months = number(metadata.get("voucher_months"));
        long days = number(metadata.get("voucher_days"));
        return VoucherTerm.isValid(months, days)
                ? Optional.of(new VoucherTerm((int) months, (int) days))
                : Optional.empty();
    }

    private static long number(@Nullable String text) {
        return text != null && text.strip().matches("[0-9]{1,5}") ? Long.parseLong(text.strip()) : 0;
    }

    private static Optional<JsonNode> parsed(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.ofNullable(JSON.readTree(text));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private static String array(List<String> values) {
        ArrayNode array = JSON.createArrayNode();
        values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .limit(BENEFITS_MAX)
                .forEach(array::add);
        return array.toString();
    }
}
