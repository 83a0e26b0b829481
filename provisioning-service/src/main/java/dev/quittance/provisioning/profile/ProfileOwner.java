package dev.quittance.provisioning.profile;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose profile it is. Whatever writes a profile holds this row's lock, so that no word is lost between two that come at once. */
@Entity
@Table(schema = "auth", name = "users")
public class ProfileOwner {
    @Id
    @Column(name = "id", updatable = false)
    private @Nullable UUID id;

    protected ProfileOwner() {
        // Hibernate fills the fields.
    }
}
