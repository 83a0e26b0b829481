package dev.quittance.provisioning.sync;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.http.Problem;
import dev.quittance.provisioning.sync.StripeCustomers.Standing;
import dev.quittance.provisioning.sync.SyncStore.Holder;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs over all customers, a page at a time: whoever runs one calls again with {@code next} until there is none. */
@Path("/api/admin/customers")
@RolesAllowed({"service_role", "operator"})
@Produces(MediaType.APPLICATION_JSON)
public class CustomerAdminResource {
    private static final int CURSOR_LENGTH_MAX = 255;

    private final SyncStore store;
    private final StripeCustomers stripe;
    private final CustomerHandler handler;
    private final StripeConfig config;

    CustomerAdminResource(SyncStore store, StripeCustomers stripe, CustomerHandler handler, StripeConfig config) {
        this.store = requireNonNull(store, "store is null");
        this.stripe = requireNonNull(stripe, "stripe is null");
        this.handler = requireNonNull(handler, "handler is null");
        this.config = requireNonNull(config, "config is null");
    }

    /**
     * @param made users who have a customer now
     */
    public record Backfill(List<UUID> made, @Nullable String next) {}

    /**
     * @param deleted customers that Stripe deleted; they are buried now
     * @param unknown customers that Stripe does not know: of another account or mode; an operator looks
     */
    public record Check(
            int there,
            List<String> deleted,
            List<String> unknown,
            @Nullable String next) {}

    /** Makes a customer for users who have an account and none. */
    @POST
    @Path("/backfill")
    public Uni<Backfill> backfill(
            @QueryParam("after") @DefaultValue("00000000-0000-0000-0000-000000000000") String after) {
        demandStripe();
        return store.withoutCustomer(cursor(after), config.pageMax()).chain(page -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (Holder holder : page) {
                all = all.chain(() -> stripe.create(holder.userId(), holder.contact(), holder.customers())
                        .chain(customer -> handler.made(customer, holder.userId())));
            }
            @Nullable
            String next = page.size() < config.pageMax()
                    ? null
                    : page.getLast().userId().toString();
            return all.onFailure(StripeCalls.NotNow.class)
                    .transform(_ -> unavailable())
                    .replaceWith(
                            () -> new Backfill(page.stream().map(Holder::userId).toList(), next));
        });
    }

    /** Asks of every linked customer whether Stripe has it. */
    @POST
    @Path("/check")
    public Uni<Check> check(@QueryParam("after") @DefaultValue("") String after) {
        demandStripe();
        if (after.length() > CURSOR_LENGTH_MAX || after.indexOf('\0') >= 0) {
            throw malformed();
        }
        return store.linked(after, config.pageMax()).chain(page -> {
            List<String> deleted = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            Uni<Void> all = Uni.createFrom().voidItem();
            for (CustomerKey customer : page) {
                all = all.chain(() -> stripe.look(customer))
                        .chain(standing -> note(customer, standing, deleted, unknown));
            }
            @Nullable
            String next = page.size() < config.pageMax() ? null : page.getLast().customerId();
            return all.onFailure(StripeCalls.NotNow.class)
                    .transform(_ -> unavailable())
                    .replaceWith(
                            () -> new Check(page.size() - deleted.size() - unknown.size(), deleted, unknown, next));
        });
    }

    private Uni<Void> note(CustomerKey customer, Standing standing, List<String> deleted, List<String> unknown) {
        return switch (standing) {
            case THERE -> Uni.createFrom().voidItem();
            case DELETED -> {
                deleted.add(customer.customerId());
                yield handler.deleted(customer);
            }
            case UNKNOWN -> {
                unknown.add(customer.customerId());
                yield Uni.createFrom().voidItem();
            }
        };
    }

    private void demandStripe() {
        if (!stripe.isConfigured()) {
            throw new Problem(503, "STRIPE_NOT_CONFIGURED", "No payments are taken here.");
        }
    }

    private static UUID cursor(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw malformed();
        }
    }

    private static Problem malformed() {
        return new Problem(400, "CURSOR_MALFORMED", "after must be what next was.");
    }

    private static Problem unavailable() {
        return new Problem(503, "STRIPE_UNAVAILABLE", "Stripe did not answer; go on with the same page.");
    }
}
