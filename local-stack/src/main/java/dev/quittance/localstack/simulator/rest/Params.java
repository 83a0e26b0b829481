package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.contracts.money.CurrencyCode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parameters of one request, checked as they are taken, with the refusals that Stripe would give. */
public record Params(ObjectNode tree, String prefix) {
    public static final int TEXT_MAX = 5_000;
    public static final int METADATA_KEYS_MAX = 50;
    public static final int METADATA_KEY_MAX = 40;
    public static final int METADATA_VALUE_MAX = 500;
    public static final long AMOUNT_MAX = 99_999_999L;

    public Params(ObjectNode tree) {
        this(tree, "");
    }

    public boolean has(String name) {
        return tree.has(name);
    }

    @Nullable
    public String text(String name) {
        JsonNode value = tree.get(name);
        if (value == null || (value.isTextual() && value.textValue().isEmpty())) {
            return null;
        }
        if (!value.isTextual() || value.textValue().length() > TEXT_MAX) {
            throw StripeFailure.invalid("parameter_invalid", full(name), "Invalid string: " + full(name));
        }
        return value.textValue();
    }

    public String requiredText(String name) {
        String value = text(name);
        if (value == null) {
            throw StripeFailure.missing(full(name));
        }
        return value;
    }

    public String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    @Nullable
    public Long whole(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        if (!value.matches("-?[0-9]{1,15}")) {
            throw StripeFailure.invalid("parameter_invalid_integer", full(name), "Invalid integer: " + value);
        }
        return Long.parseLong(value);
    }

    public long amount(String name) {
        Long value = whole(name);
        if (value == null) {
            throw StripeFailure.missing(full(name));
        }
        if (value < 0 || value > AMOUNT_MAX) {
            throw StripeFailure.invalid("parameter_invalid_integer", full(name), "Amount out of range: " + value);
        }
        return value;
    }

    public boolean flag(String name, boolean otherwise) {
        String value = text(name);
        return value == null ? otherwise : value.equals("true");
    }

    public String currency(String name) {
        String value = requiredText(name);
        return CurrencyCode.parse(value)
                .map(code -> code.toLowerCase(Locale.ROOT))
                .orElseThrow(() ->
                        StripeFailure.invalid("parameter_invalid", full(name), "Invalid currency: " + value + "."));
    }

    /** The parameters inside {@code name}; null when there are none. */
    @Nullable
    public Params inside(String name) {
        return tree.get(name) instanceof ObjectNode object ? new Params(object, full(name)) : null;
    }

    public List<Params> list(String name) {
        List<Params> list = new java.util.ArrayList<>();
        int index = 0;
        for (JsonNode element : tree.path(name)) {
            String place = full(name) + "[" + index++ + "]";
            if (!(element instanceof ObjectNode object)) {
                throw StripeFailure.invalid("parameter_invalid", place, "Invalid object: " + place);
            }
            list.add(new Params(object, place));
        }
        return list;
    }

    public List<String> texts(String name) {
        List<String> texts = new java.util.ArrayList<>();
        tree.path(name).forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /** Merges {@code metadata} into what the object has; an empty value removes its key. */
    public void mergeMetadata(ObjectNode target) {
        ObjectNode metadata =
                target.path("metadata") instanceof ObjectNode there ? there : target.putObject("metadata");
        JsonNode given = tree.path("metadata");
        if (given.isTextual()) {
            metadata.removeAll();
        }
        given.properties().forEach(entry -> {
            String value = entry.getValue().asText();
            if (entry.getKey().length() > METADATA_KEY_MAX || value.length() > METADATA_VALUE_MAX) {
                throw StripeFailure.invalid("parameter_invalid", full("metadata"), "Metadata key or value too long.");
            }
            if (value.isEmpty()) {
                metadata.remove(entry.getKey());
            } else {
                metadata.put(entry.getKey(), value);
            }
        });
        if (metadata.size() > METADATA_KEYS_MAX) {
            throw StripeFailure.invalid("parameter_invalid", full("metadata"), "Too many metadata keys.");
        }
    }

    /** Copies the texts that were given; an empty one unsets. */
    public void copyTexts(ObjectNode target, String... names) {
        for (String name : names) {
            if (has(name)) {
                target.put(name, text(name));
            }
        }
    }

    public String full(String name) {
        return prefix.isEmpty() ? name : prefix + "[" + name + "]";
    }
}
