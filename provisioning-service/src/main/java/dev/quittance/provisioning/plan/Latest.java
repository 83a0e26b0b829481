package dev.quittance.provisioning.plan;

import dev.quittance.provisioning.customer.Stamp;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The latest of several words about the same things: one statement cannot write a row twice. */
final class Latest {
    private Latest() {}

    static <T> List<T> of(
            Collection<T> facts, Function<T, CatalogueKey> key, Function<T, Stamp> stamp, Predicate<T> counts) {
        Map<CatalogueKey, T> latest = new LinkedHashMap<>();
        facts.stream()
                .filter(counts)
                .forEach(fact -> latest.merge(
                        key.apply(fact), fact, (a, b) -> stamp.apply(b).compareTo(stamp.apply(a)) > 0 ? b : a));
        return List.copyOf(latest.values());
    }
}
