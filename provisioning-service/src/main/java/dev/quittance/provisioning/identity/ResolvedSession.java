package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.customer.CustomerKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose a session was. The user is decided once; whether it is paid may still become true. */
public record ResolvedSession(
        SessionKey key, UUID userId, @Nullable CustomerKey customer, boolean isPaid) {}
