package dev.quittance.provisioning.profile;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The profiles, one of each user. */
@ApplicationScoped
class Profiles implements PanacheRepositoryBase<Profile, UUID> {}
