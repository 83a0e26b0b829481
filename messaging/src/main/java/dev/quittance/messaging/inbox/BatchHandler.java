package dev.quittance.messaging.inbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/**
 * How one service acts on one topic's events: read each purely, then load, decide and flush the batch with one statement
 * per table.
 *
 * @param <F> the service's own sealed facts
 */
public interface BatchHandler<F> {
    /** Pure; must not throw. Called once for each event, before the transaction. */
    Reading<F> read(Incoming incoming);

    /**
     * Applies events that were never applied before, in their order, inside the given transaction and on no other connection.
     * Called again within the transaction for events that its own effects released. A failure rolls everything back; it is
     * tried again whole or in halves, so nothing may be kept outside the transaction.
     */
    Uni<Effects> apply(SqlConnection transaction, List<Delivered<F>> batch);
}
