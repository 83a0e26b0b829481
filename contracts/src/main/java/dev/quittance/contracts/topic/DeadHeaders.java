package dev.quittance.contracts.topic;

import java.util.LinkedHashMap;
import java.util.Map;

/** What every dead letter says of itself, whoever lays it down, beside the headers that the record had. */
public final class DeadHeaders {
    private static final int CAUSE_LENGTH_MAX = 200;

    private DeadHeaders() {}

    /**
     * The headers.
     *
     * @param code stable, for machines
     * @param cause for people; must not quote the record's data
     * @param topic the record's topic without the prefix of the installation
     * @param group who gave it up
     */
    public static Map<String, String> of(
            String code, String cause, String topic, int partition, long offset, String group) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.DEAD_CODE, code);
        headers.put(Headers.DEAD_CAUSE, cause.substring(0, Math.min(cause.length(), CAUSE_LENGTH_MAX)));
        headers.put(Headers.DEAD_TOPIC, topic);
        headers.put(Headers.DEAD_PARTITION, Integer.toString(partition));
        headers.put(Headers.DEAD_OFFSET, Long.toString(offset));
        headers.put(Headers.DEAD_GROUP, group);
        return headers;
    }
}
