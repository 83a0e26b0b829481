package dev.quittance.provisioning.profile;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** A user's profile. Only what changed is written: the rest may be changed by events. */
@Entity
@DynamicUpdate
@Table(schema = "provisioning", name = "users")
public class Profile {
    @Id
    @Column(name = "id", updatable = false)
    private @Nullable UUID id;

    @Column(name = "email", updatable = false)
    private @Nullable String email;

    @Column(name = "full_name")
    private @Nullable String fullName;

    @Column(name = "full_name_as_of")
    private @Nullable String fullNameAsOf;

    @Column(name = "avatar_url")
    private @Nullable String avatarUrl;

    @Column(name = "updated_at")
    private @Nullable Instant updatedAt;

    @Formula("cast(billing_address as text)")
    private @Nullable String billingAddress;

    @Formula("cast(payment_method as text)")
    private @Nullable String paymentMethod;

    protected Profile() {
        // Hibernate fills the fields.
    }

    UUID id() {
        return requireNonNull(id, "id is null");
    }

    @Nullable
    String email() {
        return email;
    }

    @Nullable
    String fullName() {
        return fullName;
    }

    @Nullable
    String avatarUrl() {
        return avatarUrl;
    }

    @Nullable
    String billingAddress() {
        return billingAddress;
    }

    @Nullable
    String paymentMethod() {
        return paymentMethod;
    }

    /** @param asOf says that the name is the user's own word */
    void rename(String name, String asOf) {
        fullName = name;
        fullNameAsOf = asOf;
    }

    void showAs(String url) {
        avatarUrl = url;
    }

    void changedAt(Instant now) {
        updatedAt = now;
    }
}
