package dev.quittance.voucher.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A voucher of a batch as operators see it: by its unit, never by its code. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record BatchVoucherView(
        UUID id,
        int unit,
        String lastFour,
        String status,
        int uses,
        @Nullable Instant usedAt) {}
