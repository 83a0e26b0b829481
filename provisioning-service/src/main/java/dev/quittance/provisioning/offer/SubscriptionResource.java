package dev.quittance.provisioning.offer;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.http.Caller;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The signed-in user's subscriptions, those that ended included. */
@Path("/api/subscriptions")
public class SubscriptionResource {
    /** Most subscriptions that are listed, the newest first. */
    static final int LISTED_MAX = 100;

    private final SubscriptionOverviews subscriptions;
    private final Caller caller;

    SubscriptionResource(SubscriptionOverviews subscriptions, Caller caller) {
        this.subscriptions = requireNonNull(subscriptions, "subscriptions is null");
        this.caller = requireNonNull(caller, "caller is null");
    }

    /** A subscription as its user sees it. */
    public record Body(
            @Nullable String id,
            @Nullable String status,
            @Nullable String plan,
            @Nullable String priceId,
            @Nullable Long quantity,
            @Nullable Instant currentPeriodEnd,
            @Nullable Instant paidUntil,
            boolean cancelAtPeriodEnd,
            @Nullable Instant cancelAt,
            @Nullable Instant trialEnd,
            @Nullable Instant endedAt) {
        static Body of(SubscriptionOverview found) {
            return new Body(
                    found.subscriptionId,
                    found.status,
                    found.plan,
                    found.priceId,
                    found.quantity,
                    found.currentPeriodEnd,
                    found.paidUntil,
                    found.cancelAtPeriodEnd,
                    found.cancelAt,
                    found.trialEnd,
                    found.endedAt);
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed("authenticated")
    @WithSession
    public Uni<List<Body>> subscriptions() {
        return subscriptions
                .find("userId", Sort.descending("created").and("name"), caller.userId())
                .page(Page.ofSize(LISTED_MAX))
                .list()
                .map(found -> found.stream().map(Body::of).toList());
    }
}
