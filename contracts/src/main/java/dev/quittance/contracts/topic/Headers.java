package dev.quittance.contracts.topic;

/** Record headers: CloudEvents' attributes in Kafka's binary mode, and ours. Values are UTF-8 text. */
public final class Headers {
    public static final String CE_SPECVERSION = "ce_specversion";
    public static final String CE_ID = "ce_id";
    public static final String CE_TYPE = "ce_type";
    public static final String CE_SOURCE = "ce_source";
    /** RFC 3339, UTC. */
    public static final String CE_TIME = "ce_time";

    public static final String CE_SUBJECT = "ce_subject";
    public static final String CONTENT_TYPE = "content-type";
    /** W3C trace context, from the POST to the last consumer. */
    public static final String TRACEPARENT = "traceparent";

    public static final String STRIPE_ACCOUNT = "stripe_account";
    public static final String STRIPE_API_VERSION = "stripe_api_version";
    public static final String STRIPE_LIVEMODE = "stripe_livemode";
    /** Hex of {@link dev.quittance.contracts.stripe.BodyDigest}. */
    public static final String BODY_SHA256 = "body_sha256";

    /**
     * How the event came in: {@code secret:0} by the endpoint's first signing secret, {@code reconciliation:7}, {@code replay:3},
     * {@code backfill:2}.
     */
    public static final String ORIGIN = "origin";

    public static final String DEAD_CODE = "dead_code";
    public static final String DEAD_CAUSE = "dead_cause";
    public static final String DEAD_TOPIC = "dead_topic";
    public static final String DEAD_PARTITION = "dead_partition";
    public static final String DEAD_OFFSET = "dead_offset";
    public static final String DEAD_GROUP = "dead_group";

    private Headers() {}
}
