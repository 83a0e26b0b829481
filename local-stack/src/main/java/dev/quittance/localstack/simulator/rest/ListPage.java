package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts one page out of a list, by Stripe's cursors. */
public final class ListPage {
    public static final int LIMIT_DEFAULT = 10;
    public static final int LIMIT_MAX = 100;

    private ListPage() {}

    public static ObjectNode of(Call call, List<ObjectNode> all) {
        return of(call, all, object -> object.path("id").asText(), ObjectNode::deepCopy);
    }

    public static <T> ObjectNode of(Call call, List<T> all, Function<T, String> id, Function<T, ObjectNode> shown) {
        Long asked = call.params().whole("limit");
        if (asked != null && (asked < 1 || asked > LIMIT_MAX)) {
            throw StripeFailure.invalid("parameter_invalid_integer", "limit", "limit must be 1 to " + LIMIT_MAX + ".");
        }
        int limit = asked == null ? LIMIT_DEFAULT : asked.intValue();
        String after = call.params().text("starting_after");
        String before = call.params().text("ending_before");
        int from = after == null ? 0 : indexOf(all, id, after, "starting_after") + 1;
        int to = Math.min(all.size(), from + limit);
        boolean more = to < all.size();
        if (before != null) {
            to = indexOf(all, id, before, "ending_before");
            from = Math.max(0, to - limit);
            more = from > 0;
        }
        ObjectNode page = Shapes.empty();
        page.put("object", "list");
        ArrayNode data = page.putArray("data");
        all.subList(from, to).forEach(one -> data.add(shown.apply(one)));
        page.put("has_more", more);
        page.put("url", call.path());
        return page;
    }

    /** Whether the object has what each of these parameters, where given, asks for. */
    public static boolean matches(Params params, ObjectNode object, String... fields) {
        for (String field : fields) {
            String wanted = params.text(field);
            if (wanted != null && !wanted.equals(object.path(field).asText())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the object's time of creation is within the range {@code created[gte]} and so on, where given. */
    public static boolean isCreatedWithin(Params params, ObjectNode object) {
        return isWithin(params.inside("created"), object.path("created").asLong());
    }

    public static boolean isWithin(@Nullable Params range, long created) {
        if (range == null) {
            return true;
        }
        Long from = range.whole("gte");
        Long above = range.whole("gt");
        Long to = range.whole("lte");
        Long below = range.whole("lt");
        return (from == null || created >= from)
                && (above == null || created > above)
                && (to == null || created <= to)
                && (below == null || created < below);
    }

    private static <T> int indexOf(List<T> all, Function<T, String> id, String wanted, String param) {
        for (int i = 0; i < all.size(); i++) {
            if (id.apply(all.get(i)).equals(wanted)) {
                return i;
            }
        }
        throw StripeFailure.noSuch("object", wanted, param);
    }
}
