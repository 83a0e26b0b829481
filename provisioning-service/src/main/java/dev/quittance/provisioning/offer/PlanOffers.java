package dev.quittance.provisioning.offer;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds plans. */
@ApplicationScoped
class PlanOffers implements PanacheRepositoryBase<PlanOffer, Long> {}
