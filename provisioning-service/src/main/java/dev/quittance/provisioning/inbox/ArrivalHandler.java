package dev.quittance.provisioning.inbox;

import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.function.Function;

/** The door for what no event brings: a person's decision, applied with the events that waited for it. */
@ApplicationScoped
public class ArrivalHandler {
    private final Inbox<ProvisioningFact> inbox;

    ArrivalHandler(Inboxes inboxes, ProvisioningHandler handler) {
        this.inbox = inboxes.inbox(handler);
    }

    /**
     * @param subjects everything that the work may announce as arrived
     */
    public Uni<Void> arrive(Set<String> subjects, Function<SqlConnection, Uni<Effects>> work) {
        return inbox.arrive(subjects, work);
    }
}
