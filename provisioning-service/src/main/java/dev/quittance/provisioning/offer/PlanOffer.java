package dev.quittance.provisioning.offer;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A plan that may be chosen; a row of a view, never written. */
@Entity
@Immutable
@Table(schema = "provisioning", name = "plan_offers")
public class PlanOffer {
    @Id
    @Column(name = "id")
    long id;

    @Column(name = "name")
    @Nullable
    String name;

    @Column(name = "description")
    @Nullable
    String description;

    @Column(name = "price_minor")
    @Nullable
    Long priceMinor;

    @Column(name = "price_currency")
    @Nullable
    String priceCurrency;

    @Column(name = "recurring_interval")
    @Nullable
    String interval;

    @Column(name = "interval_count")
    @Nullable
    Integer intervalCount;

    @Column(name = "benefits")
    @Nullable
    String benefits;

    @Column(name = "resources")
    @Nullable
    String resources;

    @Column(name = "stripe_price_id")
    @Nullable
    String stripePriceId;

    protected PlanOffer() {
        // Hibernate fills the fields.
    }
}
