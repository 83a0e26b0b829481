package dev.quittance.provisioning.device;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The accounts, by their user. */
@ApplicationScoped
class DeviceAccounts implements PanacheRepositoryBase<DeviceAccount, UUID> {}
