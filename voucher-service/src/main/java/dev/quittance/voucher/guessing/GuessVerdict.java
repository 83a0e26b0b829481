package dev.quittance.voucher.guessing;

import java.time.Duration;

/** Whether an attempt may be made. */
public sealed interface GuessVerdict {
    /** @param ticket what is given back once it is known how the attempt ended */
    record Admitted(GuessTicket ticket) implements GuessVerdict {}

    record Limited(Duration retryAfter) implements GuessVerdict {}
}
