package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** Cuts one page out of a list, by Stripe's cursors. */
final class ListPage {
    static final int LIMIT_DEFAULT = 10;
    static final int LIMIT_MAX = 100;

    private ListPage() {}

    static ObjectNode of(Call call, List<ObjectNode> all) {
        return of(call, all, object -> object.path("id").asText(), ObjectNode::deepCopy);
    }

    static <T> ObjectNode of(Call call, List<T> all, Function<T, String> id, Function<T, ObjectNode> shown) {
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

    private static <T> int indexOf(List<T> all, Function<T, String> id, String wanted, String param) {
        for (int i = 0; i < all.size(); i++) {
            if (id.apply(all.get(i)).equals(wanted)) {
                return i;
            }
        }
        throw StripeFailure.noSuch("object", wanted, param);
    }
}
