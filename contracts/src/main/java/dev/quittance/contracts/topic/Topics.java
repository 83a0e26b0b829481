package dev.quittance.contracts.topic;

import java.util.List;
import java.util.stream.Stream;

/** Every topic there is. docs/topics.md and the cluster's KafkaTopic resources are tested against it. */
public final class Topics {
    public static final String INGEST = "webhook-ingest";
    public static final String PROVISIONING = "provisioning-service";
    public static final String BILLING = "billing-ledger";
    public static final String VOUCHER = "voucher-service";

    /** Stripe's events, byte for byte. */
    public static final String STRIPE_EVENTS = "stripe.events.v1";
    /** Verified events that must have no effect here: the other livemode's. Kept, so that nothing is lost. */
    public static final String STRIPE_SET_ASIDE = "stripe.set-aside.v1";

    public static final String PROVISIONING_EVENTS = "provisioning.events.v1";
    public static final String BILLING_EVENTS = "billing.events.v1";
    public static final String VOUCHER_EVENTS = "voucher.events.v1";

    private static final int PARTITIONS = 12;

    private Topics() {}

    public static List<Topic> all() {
        return List.of(
                new Topic(
                        STRIPE_EVENTS,
                        INGEST,
                        PARTITIONS,
                        "account + (customer, else payment intent, else subscription, else object id)",
                        List.of(INGEST, PROVISIONING, BILLING)),
                new Topic(STRIPE_SET_ASIDE, INGEST, 1, "as on " + STRIPE_EVENTS, List.of(INGEST)),
                new Topic(PROVISIONING_EVENTS, PROVISIONING, PARTITIONS, "user id", List.of(BILLING, VOUCHER)),
                new Topic(
                        BILLING_EVENTS,
                        BILLING,
                        PARTITIONS,
                        "user id (else payment anchor)",
                        List.of(PROVISIONING, BILLING, VOUCHER)),
                new Topic(
                        VOUCHER_EVENTS,
                        VOUCHER,
                        PARTITIONS,
                        "account number (else voucher id)",
                        List.of(PROVISIONING, BILLING)));
    }

    /** The names of all dead letter topics. */
    public static List<String> allDeadLetters() {
        return all().stream()
                .flatMap(topic -> topic.groups().stream().map(topic::deadLetters))
                .toList();
    }

    /** Every name that a broker must have before the services start. */
    public static List<String> allNames() {
        return Stream.concat(all().stream().map(Topic::name), allDeadLetters().stream())
                .toList();
    }

    public static String deadLetters(String topic, String group) {
        return topic + "." + group + ".dlt";
    }
}
