package dev.quittance.ingest.eventlog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.quittance.ingest.caller.Asked;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for in the log; what is null does not matter.
 *
 * @param object the id of what the event is about
 * @param payment a payment intent
 * @param from received at or after
 * @param to received before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventQuery(
        @Nullable String event,
        @Nullable String type,
        @Nullable String customer,
        @Nullable String object,
        @Nullable String payment,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** As it came in a request. */
    public static EventQuery read(
            @Nullable String event,
            @Nullable String type,
            @Nullable String customer,
            @Nullable String object,
            @Nullable String payment,
            @Nullable String from,
            @Nullable String to) {
        return new EventQuery(
                Asked.name(event, "id"),
                Asked.name(type, "type"),
                Asked.name(customer, "customer"),
                Asked.name(object, "object"),
                Asked.name(payment, "payment"),
                Asked.time(from, "from"),
                Asked.time(to, "to"));
    }

    /** Every account's event of this id. */
    public static EventQuery of(String event) {
        return new EventQuery(event, null, null, null, null, null, null);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return event == null
                && type == null
                && customer == null
                && object == null
                && payment == null
                && from == null
                && to == null;
    }
}
