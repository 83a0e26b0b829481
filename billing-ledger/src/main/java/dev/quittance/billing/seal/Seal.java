package dev.quittance.billing.seal;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;

/** A sealed block of entries. Its hash covers every block before it. */
record Seal(long sealId, long firstEntryId, long lastEntryId, int entries, String hash, Instant sealedAt) {
    Seal {
        Objects.requireNonNull(hash, "hash is null");
        Objects.requireNonNull(sealedAt, "sealedAt is null");
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
