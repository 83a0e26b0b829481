package dev.quittance.ingest.deadletter;

import dev.quittance.contracts.topic.Headers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A record's own headers as text and back. Those that say why it died are not its own: replayed, it is as it was. */
final class LetterHeaders {
    private static final Set<String> NOT_ITS_OWN = Set.of(
            Headers.DEAD_CODE,
            Headers.DEAD_CAUSE,
            Headers.DEAD_TOPIC,
            Headers.DEAD_PARTITION,
            Headers.DEAD_OFFSET,
            Headers.DEAD_GROUP);
    private static final String NAME = "name";
    private static final String VALUE = "value";

    private LetterHeaders() {}

    static String write(Iterable<Header> headers) {
        JsonArray all = new JsonArray();
        for (Header header : headers) {
            if (!NOT_ITS_OWN.contains(header.key())) {
                all.add(new JsonObject().put(NAME, header.key()).put(VALUE, header.value()));
            }
        }
        return all.encode();
    }

    static RecordHeaders read(String text) {
        RecordHeaders headers = new RecordHeaders();
        for (Object each : new JsonArray(text)) {
            JsonObject header = (JsonObject) each;
            headers.add(header.getString(NAME), header.getBinary(VALUE));
        }
        return headers;
    }
}
