package dev.quittance.provisioning.access;

import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A user's account as it is asked for, with all that its access is derived from, on one connection. */
@ApplicationScoped
public class AccountReadStore {
    private static final String FIND_ACCOUNT = """
            select a.user_id, u.email, a.account_number, a.status, a.expiry, a.max_devices, a.can_add_devices,
                   a.can_add_ports, a.max_ports, a.cryptotoken, a.marked_inactive_by_user is not null as is_marked,
                   a.apple_receipt, a.apple_api_response
            from provisioning.accounts a join provisioning.users u on u.id = a.user_id where a.user_id = $1
            """;

    private final Pool pool;
    private final AccessStore access = new AccessStore();

    AccountReadStore(Pool pool) {
        this.pool = requireNonNull(pool, "pool is null");
    }

    /** An account and what its access follows from. */
    record Found(AccountView account, AccessInputs inputs) {}

    Uni<Optional<Found>> find(UUID userId) {
        return pool.withConnection(connection -> connection
                .preparedQuery(FIND_ACCOUNT)
                .execute(Tuple.of(userId))
                .chain(rows -> {
                    if (!rows.iterator().hasNext()) {
                        return Uni.createFrom().item(Optional.<Found>empty());
                    }
                    AccountView account = view(rows.iterator().next());
                    return access.inputs(connection, Set.of(account.accountNumber()))
                            .map(inputs -> inputs.stream().findFirst().map(input -> new Found(account, input)));
                }));
    }

    private static AccountView view(Row row) {
        OffsetDateTime expiry = row.getOffsetDateTime("expiry");
        return new AccountView(
                row.getUUID("user_id"),
                row.getString("email"),
                row.getString("account_number"),
                row.getString("status"),
                expiry == null ? null : expiry.toInstant(),
                row.getInteger("max_devices"),
                row.getBoolean("can_add_devices"),
                row.getBoolean("can_add_ports"),
                row.getInteger("max_ports"),
                row.getString("cryptotoken"),
                row.getBoolean("is_marked"),
                row.getString("apple_receipt"),
                row.getString("apple_api_response"));
    }
}
