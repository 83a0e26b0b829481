package dev.quittance.provisioning.device;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A device of an account. */
@Entity
@Table(schema = "provisioning", name = "devices")
public class Device {
    @Id
    @Column(name = "id")
    private @Nullable UUID id;

    @Column(name = "created_at")
    private @Nullable Instant createdAt;

    @Column(name = "account_number")
    private @Nullable String accountNumber;

    @Column(name = "user_id")
    private @Nullable UUID userId;

    @Column(name = "name")
    private @Nullable String name;

    protected Device() {
        // Hibernate fills the fields.
    }

    Device(UUID id, String accountNumber, UUID userId, String name, Instant createdAt) {
        this.id = id;
        this.accountNumber = accountNumber;
        this.userId = userId;
        this.name = name;
        this.createdAt = createdAt;
    }

    UUID id() {
        return requireNonNull(id, "id is null");
    }

    String name() {
        return requireNonNull(name, "name is null");
    }

    Instant createdAt() {
        return requireNonNull(createdAt, "createdAt is null");
    }
}
