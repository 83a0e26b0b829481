package dev.quittance.provisioning.realtime;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.http.Caller;
import dev.quittance.provisioning.http.Problem;
import dev.quittance.provisioning.realtime.Hub.Connection;
import dev.quittance.provisioning.realtime.KeptChanges.Told;
import dev.quittance.provisioning.realtime.SnapshotStore.Snapshot;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** The user's stream. It begins with how things stand, or with what was missed since the last event that the client has. */
@Path("/api/stream")
public class StreamResource {
    /** Most orders, vouchers and balances of a snapshot, latest first. */
    private static final int STATES_MAX = 200;

    private final Hub hub;
    private final SnapshotStore snapshots;
    private final StreamConfig config;
    private final Caller caller;
    private final Vertx vertx;

    StreamResource(Hub hub, SnapshotStore snapshots, StreamConfig config, Caller caller, Vertx vertx) {
        this.hub = requireNonNull(hub, "hub is null");
        this.snapshots = requireNonNull(snapshots, "snapshots is null");
        this.config = requireNonNull(config, "config is null");
        this.caller = requireNonNull(caller, "caller is null");
        this.vertx = requireNonNull(vertx, "vertx is null");
    }

    @GET
    @RolesAllowed("authenticated")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Multi<OutboundSseEvent> stream(
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId, @jakarta.ws.rs.core.Context Sse sse) {
        UUID user = caller.userId();
        if (!hub.hasRoomFor(user)) {
            throw new Problem(429, "TOO_MANY_STREAMS", "Too many streams are open; close one, or try again later.");
        }
        Positions now = hub.positions();
        Optional<Positions> resumed = hub.read(lastEventId).filter(hub::keeps);
        return snapshots.read(user, STATES_MAX).onItem().transformToMulti(snapshot -> {
            Multi<OutboundSseEvent> fresh = Multi.createBy()
                    .concatenating()
                    .streams(
                            Multi.createFrom().item(event(sse, now, "snapshot", snapshot.json())),
                            live(sse, user, snapshot, now));
            return resumed.isEmpty() ? fresh : live(sse, user, snapshot, resumed.get());
        });
    }

    private Multi<OutboundSseEvent> live(Sse sse, UUID user, Snapshot snapshot, Positions from) {
        return Multi.createFrom().emitter(emitter -> open(emitter, sse, user, snapshot, from), config.bufferMax());
    }

    private void open(
            MultiEmitter<? super OutboundSseEvent> emitter, Sse sse, UUID user, Snapshot snapshot, Positions from) {
        // Changes are heard on another thread; they are written where the connection lives, in their order.
        Context context = vertx.getOrCreateContext();
        Connection connection = new Connection(
                user,
                snapshot.accountNumber(),
                from,
                told -> context.runOnContext(_ -> emitter.emit(event(sse, told))));
        long beat = vertx.setPeriodic(
                config.heartbeat().toMillis(),
                _ -> emitter.emit(sse.newEventBuilder().comment("still here").build()));
        emitter.onTermination(() -> {
            vertx.cancelTimer(beat);
            hub.disconnect(connection);
        });
        if (!hub.connect(connection)) {
            // More was missed than is kept: the client comes again, and gets how things stand.
            emitter.complete();
        }
    }

    private static OutboundSseEvent event(Sse sse, Told told) {
        return event(sse, told.at(), told.change().name(), told.change().json());
    }

    private static OutboundSseEvent event(Sse sse, Positions at, String name, String json) {
        return sse.newEventBuilder().id(at.text()).name(name).data(json).build();
    }
}
