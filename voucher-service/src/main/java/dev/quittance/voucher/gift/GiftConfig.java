package dev.quittance.voucher.gift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Mailing codes. Off until an installation has a mail server ({@code quarkus.mailer.*}). */
@ConfigMapping(prefix = "quittance.voucher.mail")
public interface GiftConfig {
    @WithDefault("false")
    boolean enabled();

    @WithDefault("A voucher for you")
    String subject();

    /** Most mails of one owner in a day. */
    @WithDefault("20")
    int perDay();

    /** A mail that cannot be sent is given up after so many tries, and its code put back. */
    @WithDefault("8")
    int attempts();

    /** What the first try again waits; each further one twice as long. */
    @WithDefault("1m")
    Duration backoff();

    /** A mail server that did not answer by then did not take the mail. */
    @WithDefault("20s")
    Duration timeout();
}
