package dev.quittance.provisioning.device;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an account says of its devices; never written from here. */
@Entity
@Table(schema = "provisioning", name = "accounts")
public class DeviceAccount {
    @Id
    @Column(name = "user_id", updatable = false)
    private @Nullable UUID userId;

    @Column(name = "account_number", updatable = false)
    private @Nullable String accountNumber;

    @Column(name = "max_devices", updatable = false)
    private int maxDevices;

    @Column(name = "can_add_devices", updatable = false)
    private boolean canAddDevices;

    protected DeviceAccount() {
        // Hibernate fills the fields.
    }

    String accountNumber() {
        return requireNonNull(accountNumber, "accountNumber is null");
    }

    int maxDevices() {
        return maxDevices;
    }

    boolean mayAddDevices() {
        return canAddDevices;
    }
}
