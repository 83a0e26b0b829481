package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts objects in the place of their ids along {@code expand[]} paths such as {@code data.price.product}. */
public final class Expansion {
    public static final int PATHS_MAX = 20;
    public static final int DEPTH_MAX = 4;

    private Expansion() {}

    public static void apply(ObjectNode answer, List<String> paths, Function<String, @Nullable ObjectNode> find) {
        if (paths.size() > PATHS_MAX) {
            throw StripeFailure.invalid("parameter_invalid", "expand", "Too many paths to expand.");
        }
        for (String path : paths) {
            List<String> steps = Arrays.asList(path.split("\\.", -1));
            if (steps.size() > DEPTH_MAX) {
                throw StripeFailure.invalid(
                        "property_expansion_max_depth", "expand", "You cannot expand more than 4 levels: " + path);
            }
            walk(answer, steps, find, path);
        }
    }

    private static void walk(
            JsonNode node, List<String> steps, Function<String, @Nullable ObjectNode> find, String path) {
        if (steps.isEmpty() || node.isNull()) {
            return;
        }
        if (node instanceof ArrayNode list) {
            list.forEach(element -> walk(element, steps, find, path));
            return;
        }
        if (!(node instanceof ObjectNode object) || !object.has(steps.getFirst())) {
            throw StripeFailure.invalid(
                    "parameter_invalid", "expand", "This property cannot be expanded (" + path + ").");
        }
        JsonNode child = object.path(steps.getFirst());
        if (child.isTextual()) {
            ObjectNode found = find.apply(child.textValue());
            if (found == null) {
                throw StripeFailure.invalid(
                        "parameter_invalid", "expand", "This property cannot be expanded (" + path + ").");
            }
            child = found.deepCopy();
            object.set(steps.getFirst(), child);
        }
        walk(child, steps.subList(1, steps.size()), find, path);
    }
}
