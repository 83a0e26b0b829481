package dev.quittance.localstack.simulator.subscription;

import java.util.Locale;
import java.util.Optional;

/** What the merchant wants of a subscription whose invoice no retry could collect. */
enum AfterRetries {
    CANCEL,
    UNPAID,
    LEAVE_PAST_DUE;

    static Optional<AfterRetries> parse(String text) {
        for (AfterRetries one : values()) {
            if (one.text().equals(text)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
