package dev.quittance.billing.fulfilment;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.fulfilment.DownloadRules.Link;
import dev.quittance.billing.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** What was bought, to be fetched. */
@Path("/api/orders")
class DownloadResource {
    private final DownloadStore store;
    private final DownloadLinks links;
    private final FulfilmentConfig config;
    private final Caller caller;
    private final InstantSource clock;

    DownloadResource(
            DownloadStore store, DownloadLinks links, FulfilmentConfig config, Caller caller, InstantSource clock) {
        this.store = store;
        this.links = links;
        this.config = config;
        this.caller = caller;
        this.clock = clock;
    }

    /** Something to fetch, with a link of now. */
    record DownloadView(int line, String name, String url, Instant expiresAt, int left) {}

    /** All of an order. */
    record DownloadsView(List<DownloadView> downloads) {
        DownloadsView {
            downloads = List.copyOf(downloads);
        }
    }

    @GET
    @Path("{order}/downloads")
    @RolesAllowed(Roles.USER)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<DownloadsView> downloads(@PathParam("order") String text) {
        UUID order = JsonBody.id("the order", text);
        return store.list(order, caller.userId(), config.downloadsMax())
                .map(items -> new DownloadsView(items.stream()
                        .map(item -> {
                            DownloadLinks.Made made = links.make(order, item.line());
                            return new DownloadView(
                                    item.line(), item.name(), made.url(), made.expiresAt(), item.left());
                        })
                        .toList()));
    }

    /** Whoever has the link may fetch it: the signature is the permission. */
    @GET
    @Path("downloads/{token}")
    @PermitAll
    public Uni<Response> download(@PathParam("token") String token) {
        Link link = links.read(token).orElseThrow(Problem.NOT_FOUND::exception);
        if (!link.expiresAt().isAfter(clock.instant())) {
            throw Problem.LINK_EXPIRED.exception();
        }
        return store.use(link.orderId(), link.line(), config.downloadsMax())
                .map(address -> Response.seeOther(URI.create(address.orElseThrow(Problem.LINK_EXPIRED::exception)))
                        .header("Cache-Control", "no-store")
                        .header("Referrer-Policy", "no-referrer")
                        .build());
    }
}
