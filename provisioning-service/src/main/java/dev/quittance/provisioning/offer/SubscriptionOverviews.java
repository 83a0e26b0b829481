package dev.quittance.provisioning.offer;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds subscriptions for the read side. */
@ApplicationScoped
class SubscriptionOverviews implements PanacheRepositoryBase<SubscriptionOverview, String> {}
