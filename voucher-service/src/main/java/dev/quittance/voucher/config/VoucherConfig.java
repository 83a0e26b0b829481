package dev.quittance.voucher.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What an installation decides about vouchers. */
@ConfigMapping(prefix = "quittance.voucher")
public interface VoucherConfig {
    /** {@code id:base64} or {@code base64}, comma separated, the first is current. Without one the service does not start. */
    Optional<String> pepper();

    /** Most vouchers on one page of an owner's list. */
    @WithDefault("200")
    int pageSize();

    /** A request that Postgres did not answer by then is answered with 503. */
    @WithDefault("10s")
    Duration requestTimeout();

    /** What becomes of redeemed vouchers when their purchase is reversed and the unredeemed ones do not suffice. */
    @WithDefault("take-back")
    RedeemedPolicy redeemedOnReversal();

    /** What becomes of unredeemed vouchers when the subscription that gave them ends. */
    @WithDefault("void")
    EndPolicy unredeemedOnSubscriptionEnd();

    /** Whether a period of a trial gives its vouchers too. */
    @WithDefault("false")
    boolean issueOnTrial();

    /** {@code take-back}: their days are taken back, down to now; {@code keep}: they stay. */
    enum RedeemedPolicy {
        TAKE_BACK,
        KEEP
    }

    /** {@code void}: not redeemable any more, until the subscription lives again; {@code keep}: they stay. */
    enum EndPolicy {
        VOID,
        KEEP
    }
}
