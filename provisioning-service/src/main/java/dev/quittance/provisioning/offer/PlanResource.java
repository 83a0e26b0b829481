package dev.quittance.provisioning.offer;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plans that are offered. */
@Path("/api/plans")
public class PlanResource {
    /** Most plans that are listed. */
    static final int LISTED_MAX = 200;

    private final PlanOffers offers;

    PlanResource(PlanOffers offers) {
        this.offers = requireNonNull(offers, "offers is null");
    }

    /** A plan as it is offered. */
    public record Body(
            long id,
            @Nullable String name,
            @Nullable String description,
            @Nullable Long priceMinor,
            @Nullable String currency,
            @Nullable String interval,
            @Nullable Integer intervalCount,
            @JsonRawValue @Nullable String benefits,
            @JsonRawValue @Nullable String resources,
            @Nullable String stripePriceId) {
        static Body of(PlanOffer offer) {
            return new Body(
                    offer.id,
                    offer.name,
                    offer.description,
                    offer.priceMinor,
                    offer.priceCurrency,
                    offer.interval,
                    offer.intervalCount,
                    offer.benefits,
                    offer.resources,
                    offer.stripePriceId);
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed("authenticated")
    @WithSession
    public Uni<List<Body>> plans() {
        return offers.findAll(Sort.by("id"))
                .page(Page.ofSize(LISTED_MAX))
                .list()
                .map(found -> found.stream().map(Body::of).toList());
    }
}
