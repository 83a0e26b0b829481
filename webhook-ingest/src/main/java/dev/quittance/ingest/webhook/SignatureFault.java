package dev.quittance.ingest.webhook;

/** Why a signature is refused. The codes are stable: they reach answers, metrics and alerts. */
enum SignatureFault {
    MISSING_HEADER("signature_header_missing"),
    HEADER_TOO_LONG("signature_header_too_long"),
    MALFORMED_HEADER("signature_header_malformed"),
    NO_TIMESTAMP("signature_timestamp_missing"),
    /** Two times in one header: each reader would pick its own. */
    SEVERAL_TIMESTAMPS("signature_timestamp_repeated"),
    MALFORMED_TIMESTAMP("signature_timestamp_malformed"),
    /** Only schemes that we do not take, such as Stripe's test scheme v0. */
    NO_SIGNATURE("signature_v1_missing"),
    TOO_MANY_SIGNATURES("signature_too_many"),
    MALFORMED_SIGNATURE("signature_v1_malformed"),
    NO_MATCH("signature_mismatch"),
    /** Signed by Stripe, but too long ago or in the future: a replay, or a clock that is wrong. */
    OUTSIDE_TOLERANCE("signature_outside_tolerance");

    private final String code;

    SignatureFault(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
