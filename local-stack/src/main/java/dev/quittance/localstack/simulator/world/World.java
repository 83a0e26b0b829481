package dev.quittance.localstack.simulator.world;

import dev.quittance.localstack.simulator.rest.Ids;
import dev.quittance.localstack.simulator.rest.ObjectShelf;
import dev.quittance.localstack.simulator.webhook.EventLog;
import java.util.Objects;

/** One simulated account, so that every desk is given the same things. */
public record World(ObjectShelf shelf, EventLog events, Ids ids, SimClock clock, Agenda agenda) {
    public World {
        Objects.requireNonNull(shelf, "shelf is null");
        Objects.requireNonNull(events, "events is null");
        Objects.requireNonNull(ids, "ids is null");
        Objects.requireNonNull(clock, "clock is null");
        Objects.requireNonNull(agenda, "agenda is null");
    }

    public World(ObjectShelf shelf, EventLog events, Ids ids, SimClock clock) {
        this(shelf, events, ids, clock, new Agenda(clock));
    }
}
