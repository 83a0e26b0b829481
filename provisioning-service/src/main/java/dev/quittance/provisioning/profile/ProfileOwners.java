package dev.quittance.provisioning.profile;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The users, to be locked. */
@ApplicationScoped
class ProfileOwners implements PanacheRepositoryBase<ProfileOwner, UUID> {}
