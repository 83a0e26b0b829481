package dev.quittance.localstack.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Cuts one page out of a list, by Stripe's cursors. */
final class ListPage {
    static final int LIMIT_DEFAULT = 10;
    static final int LIMIT_MAX = 100;

    private ListPage() {}

    static ObjectNode of(Call call, List<ObjectNode> all) {
        Long asked = call.params().whole("limit");
        if (asked != null && (asked < 1 || asked > LIMIT_MAX)) {
            throw StripeFailure.invalid("parameter_invalid_integer", "limit", "limit must be 1 to " + LIMIT_MAX + ".");
        }
        int limit = asked == null ? LIMIT_DEFAULT : asked.intValue();
        String after = call.params().text("starting_after");
        String before = call.params().text("ending_before");
        int from = after == null ? 0 : indexOf(all, after, "starting_after") + 1;
        int to = Math.min(all.size(), from + limit);
        boolean more = to < all.size();
        if (before != null) {
            to = indexOf(all, before, "ending_before");
            from = Math.max(0, to - limit);
            more = from > 0;
        }
        ObjectNode page = Shapes.empty();
        page.put("object", "list");
        ArrayNode data = page.putArray("data");
        all.subList(from, to).forEach(object -> data.add(object.deepCopy()));
        page.put("has_more", more);
        page.put("url", call.path());
        return page;
    }

    private static int indexOf(List<ObjectNode> all, String id, String param) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        throw StripeFailure.noSuch("object", id, param);
    }
}
