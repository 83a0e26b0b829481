package dev.quittance.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/** Something that one of our services made true. Its simple class name is its {@code ce_type}. Each service seals its own. */
public interface DomainEvent {
    /** When it became true, not when it was sent. */
    Instant occurredAt();

    /** The record key: what keeps its order. */
    @JsonIgnore
    String key();

    @JsonIgnore
    String topic();

    @JsonIgnore
    default String type() {
        return getClass().getSimpleName();
    }
}
