package dev.quittance.voucher.batch;

import java.util.Locale;

/** How far a batch is; the ones in progress are worked on chunk by chunk until they become what follows. */
enum BatchStatus {
    GENERATING,
    GENERATED,
    ACTIVATING,
    ACTIVE,
    VOIDING,
    VOID;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BatchStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** What it becomes when the work is done; itself when there is none. */
    BatchStatus finished() {
        return switch (this) {
            case GENERATING, GENERATED -> GENERATED;
            case ACTIVATING, ACTIVE -> ACTIVE;
            case VOIDING, VOID -> VOID;
        };
    }
}
