package dev.quittance.provisioning.account;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Finds accounts for the read side. Reads only: whatever writes goes through the stores, on a connection of its own. */
@ApplicationScoped
class AccountOverviews implements PanacheRepositoryBase<AccountOverview, UUID> {}
