package dev.quittance.provisioning.offer;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A subscription as its user asks for it; a row of a view, never written. */
@Entity
@Immutable
@Table(schema = "provisioning", name = "subscription_overviews")
public class SubscriptionOverview {
    @Id
    @Column(name = "name")
    @Nullable
    String name;

    @Column(name = "subscription_id")
    @Nullable
    String subscriptionId;

    @Column(name = "user_id")
    @Nullable
    UUID userId;

    @Column(name = "status")
    @Nullable
    String status;

    @Column(name = "price_id")
    @Nullable
    String priceId;

    @Column(name = "plan")
    @Nullable
    String plan;

    @Column(name = "quantity")
    @Nullable
    Long quantity;

    @Column(name = "current_period_end")
    @Nullable
    Instant currentPeriodEnd;

    @Column(name = "paid_until")
    @Nullable
    Instant paidUntil;

    @Column(name = "cancel_at_period_end")
    boolean cancelAtPeriodEnd;

    @Column(name = "cancel_at")
    @Nullable
    Instant cancelAt;

    @Column(name = "trial_end")
    @Nullable
    Instant trialEnd;

    @Column(name = "ended_at")
    @Nullable
    Instant endedAt;

    @Column(name = "created")
    @Nullable
    Instant created;

    protected SubscriptionOverview() {
        // Hibernate fills the fields.
    }
}
