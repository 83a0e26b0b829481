package dev.quittance.billing.testing;

import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.time.Instant;
import java.util.UUID;

/** What a user is given, without a purchase. */
public final class Grants {
    private Grants() {}

    public static Posting of(String key, UUID user, String unit, long amount) {
        return of(key, user, unit, amount, 0);
    }

    public static Posting of(String key, UUID user, String unit, long amount, int shard) {
        return Posting.of(
                "grant:" + key + ":" + unit,
                "grant",
                new Cause("", "evt_" + key, shard),
                Instant.parse("2025-10-01T00:00:00Z"),
                LedgerAccount.issued(unit),
                LedgerAccount.user(user, unit),
                amount);
    }
}
