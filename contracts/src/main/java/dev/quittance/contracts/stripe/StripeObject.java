package dev.quittance.contracts.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.quittance.contracts.money.CurrencyCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An object of Stripe's as some API version wrote it. Every accessor takes all the places in which a field has lived, newest
 * first; the first that holds a value wins. Nothing here throws, whatever the shape.
 */
public final class StripeObject {
    /** Longer texts are cut: nothing that we keep needs more. */
    public static final int TEXT_LENGTH_MAX = 5_000;

    public static final int ID_LENGTH_MAX = 255;
    /** Stripe's own limits are 50 keys of 40 characters. */
    public static final int METADATA_ENTRIES_MAX = 50;

    public static final int LIST_LENGTH_MAX = 1_000;

    private static final long EPOCH_SECOND_MAX = 253_402_300_799L;

    private final JsonNode node;

    StripeObject(JsonNode node) {
        this.node = node;
    }

    public static StripeObject none() {
        return new StripeObject(MissingNode.getInstance());
    }

    /** Whether the payload holds an object here at all. */
    public boolean exists() {
        return node.isObject();
    }

    /** Stripe's {@code object}: {@code charge}, {@code checkout.session}; empty when it does not say. */
    public String kind() {
        return text("object").orElse("");
    }

    public Field<String> id() {
        return id("id");
    }

    public Field<String> text(String... places) {
        return first(places, value -> value.isTextual() ? Optional.of(storable(value.textValue())) : Optional.empty());
    }

    /** An id, whether it stands as text or as the expanded object. */
    public Field<String> id(String... places) {
        return first(places, value -> {
            JsonNode id = value.isObject() ? value.path("id") : value;
            return id.isTextual() && isId(id.textValue()) ? Optional.of(id.textValue()) : Optional.empty();
        });
    }

    /** A whole number that fits a long; {@code 10.5}, {@code 1e2} and {@code "100"} are malformed. */
    public Field<Long> integer(String... places) {
        return first(
                places,
                value -> value.isIntegralNumber() && value.canConvertToLong()
                        ? Optional.of(value.longValue())
                        : Optional.empty());
    }

    public Field<Boolean> flag(String... places) {
        return first(places, value -> value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty());
    }

    /** A moment, from Stripe's epoch seconds. */
    public Field<Instant> time(String... places) {
        return integer(places)
                .flatMap(seconds -> seconds >= 0 && seconds <= EPOCH_SECOND_MAX
                        ? Optional.of(Instant.ofEpochSecond(seconds))
                        : Optional.empty());
    }

    /** Upper-case ISO code of a known currency. */
    public Field<String> currency(String... places) {
        return text(places).flatMap(CurrencyCode::parse);
    }

    /** The object's metadata: text values only, empty when there is none. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.path("metadata").properties()) {
            if (entry.getValue().isTextual() && metadata.size() < METADATA_ENTRIES_MAX) {
                metadata.put(storable(entry.getKey()), storable(entry.getValue().textValue()));
            }
        }
        return metadata;
    }

    /** The object at the first place that holds one, else {@link #none()}. */
    public StripeObject object(String... places) {
        for (String place : places) {
            JsonNode found = at(place);
            if (found.isObject()) {
                return new StripeObject(found);
            }
        }
        return none();
    }

    /** The objects of a list, whether Stripe's list object or a plain array. */
    public List<StripeObject> list(String... places) {
        for (String place : places) {
            JsonNode found = at(place);
            JsonNode array = found.isObject() ? found.path("data") : found;
            if (array.isArray()) {
                List<StripeObject> objects = new ArrayList<>();
                for (JsonNode element : array) {
                    if (element.isObject() && objects.size() < LIST_LENGTH_MAX) {
                        objects.add(new StripeObject(element));
                    }
                }
                return List.copyOf(objects);
            }
        }
        return List.of();
    }

    /** Whether a list object says that it goes on beyond this payload. */
    public boolean hasMore(String place) {
        return at(place).path("has_more").asBoolean(false);
    }

    private <T> Field<T> first(String[] places, Function<JsonNode, Optional<T>> reading) {
        Field<T> best = new Field.Absent<>();
        for (String place : places) {
            JsonNode found = at(place);
            if (found.isMissingNode()) {
                continue;
            }
            if (found.isNull()) {
                best = best instanceof Field.Malformed<T> ? best : new Field.Null<>();
                continue;
            }
            Optional<T> value = reading.apply(found);
            if (value.isPresent()) {
                return new Field.Present<>(value.get());
            }
            best = new Field.Malformed<>();
        }
        return best;
    }

    private JsonNode at(String place) {
        JsonNode found = node;
        int start = 0;
        for (int dot = place.indexOf('.'); dot >= 0; dot = place.indexOf('.', start)) {
            found = found.path(place.substring(start, dot));
            start = dot + 1;
        }
        return found.path(place.substring(start));
    }

    private static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= ID_LENGTH_MAX
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    /** What Postgres can hold: no NUL, no half surrogate pairs, not endless. */
    private static String storable(String text) {
        String cut = text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) : text;
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return repaired(cut);
            }
        }
        return cut;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
