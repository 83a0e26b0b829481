package dev.quittance.billing.buying;

import dev.quittance.billing.fact.Subjects;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.lookup.LookupConfig;
import dev.quittance.billing.order.OrderDraft;
import dev.quittance.billing.order.OrderHandler;
import dev.quittance.billing.order.OrderStatus;
import dev.quittance.billing.order.PlacedOrder;
import dev.quittance.billing.problem.Problem;
import dev.quittance.foundation.failure.Failures;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.messaging.outbox.Outbox;
import dev.quittance.telemetry.trace.Span;
import dev.quittance.telemetry.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Buys at Stripe's page. The order is written first, with its stock set aside; then Stripe is asked, outside any transaction and
 * under the order's own key, so that whoever repeats the request gets the page that there is.
 */
@ApplicationScoped
class StripeCheckoutHandler {
    private final Pool pool;
    private final OrderHandler orders;
    private final SessionStore store;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Tracing tracing;
    private final Optional<StripeSessions> stripe;
    private final Circuit circuit;
    private final Function<UUID, Uni<Void>> announce;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    StripeCheckoutHandler(
            Pool pool,
            OrderHandler orders,
            SessionStore store,
            Outbox outbox,
            MeterRegistry metrics,
            Tracing tracing,
            LookupConfig stripeConfig,
            CheckoutConfig config,
            Inboxes inboxes,
            BillingHandler events,
            InstantSource clock) {
        this.pool = pool;
        this.orders = orders;
        this.store = store;
        this.outbox = outbox;
        this.metrics = metrics;
        this.tracing = tracing;
        this.stripe = stripeConfig.apiKey().map(key -> new StripeSessions(key, stripeConfig, config));
        this.circuit = new Circuit(config.failuresMax(), config.pause(), clock);
        var inbox = inboxes.inbox(events);
        this.announce = order -> inbox.arrive(Set.of(Subjects.order(order)), _ -> {
            Effects effects = new Effects();
            effects.arrived(Subjects.order(order));
            return Uni.createFrom().item(effects);
        });
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    /** What makes an order of a request, by the catalogue as it is in this transaction. */
    interface Drafting extends Function<SqlConnection, Uni<OrderDraft>> {}

    /** @param traceparent of the request */
    Uni<PlacedOrder> buy(UUID user, String key, String fingerprint, @Nullable String traceparent, Drafting drafting) {
        if (stripe.isEmpty()) {
            throw Problem.STRIPE_NOT_CONFIGURED.exception();
        }
        Span span = tracing.begin(Span.Kind.SERVER, "POST /api/checkout", traceparent, Map.of());
        return buy(user, key, fingerprint, drafting, span)
                .invoke(span::end)
                .onFailure()
                .invoke(failure -> span.fail(Failures.code(failure)));
    }

    private Uni<PlacedOrder> buy(UUID user, String key, String fingerprint, Drafting drafting, Span span) {
        return pool.withTransaction(transaction -> place(transaction, user, key, fingerprint, drafting))
                .invoke(outbox::wake)
                .chain(order -> order.url() == null
                        ? announce.apply(order.orderId()).chain(() -> open(order, span))
                        : Uni.createFrom().item(order));
    }

    private Uni<PlacedOrder> place(
            SqlConnection transaction, UUID user, String key, String fingerprint, Drafting drafting) {
        return orders.lockAndFind(transaction, user, key)
                .chain(found -> found.map(
                                order -> Uni.createFrom().item(PointsCheckoutHandler.repeated(order, fingerprint)))
                        .orElseGet(() -> drafting.apply(transaction)
                                .chain(draft -> orders.create(transaction, draft)
                                        .chain(made -> outbox.append(transaction, OrderHandler.news(List.of(made))))
                                        .chain(() -> orders.find(transaction, draft.id()))
                                        .map(order -> order.orElseThrow()))));
    }

    private Uni<PlacedOrder> open(PlacedOrder order, Span span) {
        if (order.status() != OrderStatus.PENDING) {
            throw Problem.ORDER_STATE.exception("This order was given up; order again under another key.");
        }
        if (!circuit.admits()) {
            throw Problem.STRIPE_UNAVAILABLE.exception();
        }
        StripeSessions client = stripe.orElseThrow();
        return store.load(order.orderId())
                .chain(request ->
                        Uni.createFrom().item(() -> open(client, request, span)).runSubscriptionOn(threads))
                .chain(answer -> conclude(order, answer));
    }

    private SessionAnswer open(StripeSessions client, SessionRequest request, Span within) {
        Span span = tracing.follow(
                Span.Kind.CLIENT, "stripe checkout_session", within.traceparent(), Map.of("peer.service", "stripe"));
        SessionAnswer answer = client.open(request);
        switch (answer) {
            case SessionAnswer.Opened _ -> span.end();
            case SessionAnswer.Refused(String code) -> span.fail(code);
            case SessionAnswer.Unknown(String code) -> span.fail(code);
        }
        return answer;
    }

    private Uni<PlacedOrder> conclude(PlacedOrder order, SessionAnswer answer) {
        metrics.counter("checkout.sessions", "outcome", name(answer)).increment();
        return switch (answer) {
            case SessionAnswer.Opened opened -> {
                circuit.succeeded();
                yield store.opened(order.orderId(), opened)
                        .chain(() -> pool.withTransaction(transaction -> orders.find(transaction, order.orderId())))
                        .map(found -> found.orElse(order));
            }
            case SessionAnswer.Refused(String code) -> {
                circuit.succeeded();
                yield giveUp(List.of(order.orderId())).map(_ -> {
                    throw Problem.STRIPE_REFUSED.exception(Map.of("reason", code));
                });
            }
            case SessionAnswer.Unknown _ -> {
                circuit.failed();
                throw Problem.STRIPE_UNAVAILABLE.exception();
            }
        };
    }

    /** Gives up orders that have no page. */
    Uni<Void> giveUp(Collection<UUID> abandoned) {
        return pool.withTransaction(transaction -> orders.giveUp(transaction, abandoned)
                        .chain(changes -> outbox.append(transaction, OrderHandler.news(changes))))
                .invoke(outbox::wake);
    }

    /** Closes the page of an order, so that nobody pays for what is given up. */
    Uni<ExpiryAnswer> close(String sessionId) {
        if (stripe.isEmpty() || !circuit.admits()) {
            throw Problem.STRIPE_UNAVAILABLE.exception();
        }
        StripeSessions client = stripe.get();
        return Uni.createFrom()
                .item(() -> client.expire(sessionId))
                .runSubscriptionOn(threads)
                .invoke(answer -> {
                    if (answer instanceof ExpiryAnswer.Unknown) {
                        circuit.failed();
                    } else {
                        circuit.succeeded();
                    }
                });
    }

    private static String name(SessionAnswer answer) {
        return switch (answer) {
            case SessionAnswer.Opened _ -> "opened";
            case SessionAnswer.Refused _ -> "refused";
            case SessionAnswer.Unknown _ -> "unknown";
        };
    }
}
