package dev.quittance.voucher.batch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch as operators see it.
 *
 * @param progress how many codes the present work has come to, of {@code size}
 * @param parts downloads in which its codes come, each once
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Batch(
        UUID id,
        String name,
        String channel,
        String origin,
        int months,
        int days,
        int uses,
        @Nullable Instant expiresAt,
        int size,
        BatchStatus status,
        int progress,
        int parts,
        int partsDownloaded,
        Instant createdAt,
        @JsonIgnore UUID channelId) {
    @JsonIgnore
    String anchor() {
        return "batch:" + id;
    }
}
