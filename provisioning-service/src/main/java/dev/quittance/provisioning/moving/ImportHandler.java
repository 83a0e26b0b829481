package dev.quittance.provisioning.moving;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.Evidence;
import dev.quittance.provisioning.inbox.ArrivalHandler;
import dev.quittance.provisioning.mismatch.LinkHandler;
import dev.quittance.provisioning.moving.ImportStore.Laid;
import dev.quittance.provisioning.moving.ImportStore.Progress;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Takes over one page, each table's in one transaction, together with the events that waited for its links. */
@ApplicationScoped
public class ImportHandler {
    private static final int PAGE = 500;

    private final ImportStore store;
    private final ArrivalHandler arrivals;
    private final LinkHandler links;

    ImportHandler(ImportStore store, ArrivalHandler arrivals, LinkHandler links) {
        this.store = requireNonNull(store, "store is null");
        this.arrivals = requireNonNull(arrivals, "arrivals is null");
        this.links = requireNonNull(links, "links is null");
    }

    Uni<Progress> takePage() {
        return store.takeProfiles(PAGE)
                .chain(() -> store.takePlans(PAGE))
                .chain(() -> store.nextLinks(PAGE))
                .chain(this::takeLinks)
                .chain(store::progress);
    }

    private Uni<Void> takeLinks(List<Laid> page) {
        if (page.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return arrivals.arrive(
                page.stream().map(Laid::subject).collect(Collectors.toSet()),
                transaction -> store.takeLinks(transaction, page).chain(taken -> {
                    Map<CustomerKey, UUID> named = new LinkedHashMap<>();
                    taken.forEach(laid -> named.put(laid.key(), laid.userId()));
                    return links.link(transaction, named, Evidence.OPERATOR, "import");
                }));
    }
}
