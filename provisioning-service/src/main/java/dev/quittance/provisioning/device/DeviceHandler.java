package dev.quittance.provisioning.device;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.http.Problem;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Adds and removes devices. Additions to one account go one after the other, by a lock on it: so its limit holds. */
@ApplicationScoped
public class DeviceHandler {
    /** Most devices that are listed; no account may have as many. */
    static final int LISTED_MAX = 1_000;

    private final Devices devices;
    private final DeviceAccounts accounts;
    private final InstantSource clock;

    DeviceHandler(Devices devices, DeviceAccounts accounts, InstantSource clock) {
        this.devices = requireNonNull(devices, "devices is null");
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @WithTransaction
    public Uni<List<Device>> list(UUID userId) {
        return devices.find("userId", Sort.by("createdAt").and("id"), userId)
                .page(Page.ofSize(LISTED_MAX))
                .list();
    }

    @WithTransaction
    public Uni<Device> add(UUID userId, String name) {
        return accounts.findById(userId, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(() -> new Problem(404, "ACCOUNT_NOT_FOUND", "This user has no account yet."))
                .call(account ->
                        devices.count("accountNumber", account.accountNumber()).invoke(count -> admit(account, count)))
                .call(account -> devices.count("accountNumber = ?1 and name = ?2", account.accountNumber(), name)
                        .invoke(same -> {
                            if (same > 0) {
                                throw new Problem(409, "DEVICE_EXISTS", "The account has a device of this name.");
                            }
                        }))
                .chain(account -> devices.persist(new Device(
                        UUID.randomUUID(),
                        account.accountNumber(),
                        userId,
                        name,
                        clock.instant().truncatedTo(ChronoUnit.MICROS))));
    }

    @WithTransaction
    public Uni<Boolean> remove(UUID userId, UUID device) {
        return devices.delete("id = ?1 and userId = ?2", device, userId).map(count -> count > 0);
    }

    private static void admit(DeviceAccount account, long count) {
        if (!account.mayAddDevices()) {
            throw new Problem(403, "DEVICES_NOT_ALLOWED", "No devices may be added to this account.");
        }
        if (count >= account.maxDevices()) {
            throw new Problem(409, "DEVICE_LIMIT_REACHED", "The account has as many devices as it may have.");
        }
    }
}
