package dev.quittance.provisioning.inbox;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeSnapshot;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.provisioning.access.AccessConfig;
import dev.quittance.provisioning.account.TimeMove;
import dev.quittance.provisioning.identity.Minting;
import dev.quittance.provisioning.subscription.ScheduleFact;
import dev.quittance.provisioning.subscription.ScheduleStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** One batch, one transaction: load what it speaks of, fold its facts in order, flush what changed. */
@ApplicationScoped
public class ProvisioningHandler implements BatchHandler<ProvisioningFact> {
    private final InstantSource clock;
    private final IdentityHandler identity;
    private final CatalogueHandler catalogue = new CatalogueHandler();
    private final SubscriptionHandler subscriptions = new SubscriptionHandler();
    private final ScheduleStore schedules = new ScheduleStore();
    private final TimeHandler time = new TimeHandler();
    private final CardHandler cards = new CardHandler();
    private final AccessHandler access;

    ProvisioningHandler(Minting minting, InstantSource clock, AccessConfig config, MeterRegistry metrics) {
        this.access = new AccessHandler(config.policy());
        this.identity = new IdentityHandler(minting, metrics);
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Reading<ProvisioningFact> read(Incoming incoming) {
        return switch (incoming.topic()) {
            case Topics.STRIPE_EVENTS -> stripe(incoming);
            case Topics.BILLING_EVENTS -> DomainFacts.billing(incoming);
            case Topics.VOUCHER_EVENTS -> DomainFacts.voucher(incoming);
            default -> new Reading.Ignored<>("unhandled-topic");
        };
    }

    private static Reading<ProvisioningFact> stripe(Incoming incoming) {
        return switch (StripeEvent.read(incoming.body())) {
            case StripeEvent.Reading.Read read ->
                StripeFacts.read(
                        StripeSnapshot.asTold(read.event()), incoming.id().account());
            case StripeEvent.Reading.Unreadable unreadable ->
                new Reading.Poison<>("UNREADABLE_EVENT", unreadable.code());
        };
    }

    @Override
    public Uni<Effects> apply(SqlConnection transaction, List<Delivered<ProvisioningFact>> batch) {
        // Postgres keeps microseconds; what is told must be what is kept.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Touched touched = new Touched(new Effects());
        return identity.apply(transaction, batch, touched.effects(), now)
                .chain(() -> catalogue.apply(transaction, batch, touched.effects()))
                .chain(products -> subscriptions.apply(transaction, batch, products, touched, now))
                .chain(paid -> time.apply(transaction, moves(batch, paid), touched, now)
                        .chain(() -> access.reverse(transaction, batch, paid)))
                .chain(reversed -> time.apply(transaction, reversed, touched, now))
                .chain(() -> schedules.upsert(transaction, schedules(batch)))
                .chain(() -> access.hold(transaction, batch, touched))
                .chain(() -> cards.apply(transaction, batch, touched))
                .chain(() -> access.review(transaction, touched, now))
                .replaceWith(touched.effects());
    }

    private static List<ScheduleFact> schedules(List<Delivered<ProvisioningFact>> batch) {
        return Caused.<ScheduleFact>of(
                        batch, fact -> fact instanceof ProvisioningFact.ScheduleSeen(ScheduleFact s) ? s : null)
                .stream()
                .map(Caused::what)
                .toList();
    }

    private static List<Caused<TimeMove>> moves(List<Delivered<ProvisioningFact>> batch, List<Caused<TimeMove>> paid) {
        List<Caused<TimeMove>> moves = new ArrayList<>(Caused.of(
                batch, fact -> fact instanceof ProvisioningFact.VoucherMoved(TimeMove move) ? move : null));
        moves.addAll(paid);
        return moves;
    }
}
