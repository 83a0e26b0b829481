package dev.quittance.provisioning.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An account as its user asks for it; a row of a view, never written. */
@Entity
@Immutable
@Table(schema = "provisioning", name = "account_overviews")
public class AccountOverview {
    @Id
    @Column(name = "user_id")
    private @Nullable UUID userId;

    @Column(name = "email")
    private @Nullable String email;

    @Column(name = "account_number")
    private @Nullable String accountNumber;

    @Column(name = "status")
    private @Nullable String status;

    @Column(name = "expiry")
    private @Nullable Instant expiry;

    @Column(name = "marked_inactive_by_user")
    private @Nullable Instant markedInactiveByUser;

    protected AccountOverview() {
        // Hibernate fills the fields.
    }

    UUID userId() {
        return Objects.requireNonNull(userId, "userId is null");
    }

    @Nullable
    String email() {
        return email;
    }

    String accountNumber() {
        return Objects.requireNonNull(accountNumber, "accountNumber is null");
    }

    String status() {
        return Objects.requireNonNull(status, "status is null");
    }

    @Nullable
    Instant expiry() {
        return expiry;
    }

    boolean isMarkedInactive() {
        return markedInactiveByUser != null;
    }
}
