package dev.quittance.provisioning.device;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The devices, for as much as one account may have. */
@ApplicationScoped
class Devices implements PanacheRepositoryBase<Device, UUID> {}
