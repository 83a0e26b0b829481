package dev.quittance.provisioning.inbox;

import static java.util.Objects.requireNonNull;

import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.event.UnreadableEvent;
import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.provisioning.account.AccountStore;
import dev.quittance.provisioning.account.Expiries;
import dev.quittance.provisioning.account.ExpiryRules;
import dev.quittance.provisioning.account.Extension;
import dev.quittance.provisioning.account.VoucherTime;
import dev.quittance.provisioning.customer.CustomerChanges;
import dev.quittance.provisioning.customer.CustomerDetailStore;
import dev.quittance.provisioning.identity.IdentityRules;
import dev.quittance.provisioning.identity.IdentityStore;
import dev.quittance.provisioning.identity.IdentityWriteStore;
import dev.quittance.provisioning.identity.Interest;
import dev.quittance.provisioning.identity.Minting;
import dev.quittance.provisioning.identity.Outcome;
import dev.quittance.provisioning.identity.WorkingSet;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One batch, one transaction: load what it speaks of, fold its facts in order, flush what changed. */
@ApplicationScoped
public class ProvisioningHandler implements BatchHandler<ProvisioningFact> {
    private final Minting minting;
    private final InstantSource clock;
    private final IdentityStore identities = new IdentityStore();
    private final IdentityWriteStore identityWrites = new IdentityWriteStore();
    private final CustomerDetailStore customers = new CustomerDetailStore();
    private final AccountStore accounts = new AccountStore();

    ProvisioningHandler(Minting minting, InstantSource clock) {
        this.minting = requireNonNull(minting, "minting is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Reading<ProvisioningFact> read(Incoming incoming) {
        return switch (incoming.topic()) {
            case Topics.STRIPE_EVENTS -> stripe(incoming);
            case Topics.VOUCHER_EVENTS -> voucher(incoming);
            default -> new Reading.Ignored<>("unhandled-topic");
        };
    }

    private static Reading<ProvisioningFact> stripe(Incoming incoming) {
        return switch (StripeEvent.read(incoming.body())) {
            case StripeEvent.Reading.Read read ->
                StripeFacts.read(read.event(), incoming.id().account());
            case StripeEvent.Reading.Unreadable unreadable ->
                new Reading.Poison<>("UNREADABLE_EVENT", unreadable.code());
        };
    }

    private static Reading<ProvisioningFact> voucher(Incoming incoming) {
        if (!incoming.type().equals(VoucherRedeemed.class.getSimpleName())) {
            return new Reading.Ignored<>("unhandled-type");
        }
        try {
            DomainEvent event = EventCodec.read(incoming.type(), incoming.body());
            if (!(event instanceof VoucherRedeemed redeemed)) {
                return new Reading.Ignored<>("unhandled-type");
            }
            VoucherTime time = new VoucherTime(redeemed.voucherId(), redeemed.accountNumber(), redeemed.term());
            return new Reading.Relevant<>(
                    new ProvisioningFact.VoucherSpent(time), Set.of(time.accountSubject(), time.businessKey()));
        } catch (UnreadableEvent e) {
            return new Reading.Poison<>("UNREADABLE_EVENT", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Uni<Effects> apply(SqlConnection transaction, List<Delivered<ProvisioningFact>> batch) {
        // Postgres keeps microseconds; what is told must be what is kept.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        WorkingSet set = new WorkingSet(now, minting);
        Interest interest = new Interest();
        CustomerChanges changes = new CustomerChanges();
        List<VoucherTime> times = new ArrayList<>();
        for (Delivered<ProvisioningFact> delivered : batch) {
            switch (delivered.fact()) {
                case ProvisioningFact.CustomerSeen seen -> interest.add(seen.customer());
                case ProvisioningFact.SessionCompleted completed -> interest.add(completed.session());
                case ProvisioningFact.CustomerGone gone -> changes.add(gone.deletion());
                case ProvisioningFact.PaymentMethodSeen seen -> changes.add(seen.method());
                case ProvisioningFact.VoucherSpent spent -> times.add(spent.time());
            }
        }
        Uni<Void> loaded =
                interest.isEmpty() ? Uni.createFrom().voidItem() : identities.load(transaction, interest, set);
        return loaded.chain(() -> accounts.load(transaction, times)).chain(expiries -> {
            Effects effects = fold(batch, set, changes, expiries, now);
            set.tellLinks(changes);
            return identityWrites
                    .flush(transaction, set)
                    .chain(() -> customers.flush(transaction, changes))
                    .chain(() -> accounts.flush(transaction, expiries))
                    .replaceWith(effects);
        });
    }

    private static Effects fold(
            List<Delivered<ProvisioningFact>> batch,
            WorkingSet set,
            CustomerChanges changes,
            Expiries expiries,
            Instant now) {
        Effects effects = new Effects();
        IdentityRules rules = new IdentityRules(set);
        Map<String, Incoming> causes = new HashMap<>();
        for (Delivered<ProvisioningFact> delivered : batch) {
            Incoming incoming = delivered.incoming();
            causes.put(incoming.id().id(), incoming);
            set.begin(incoming.id().id());
            switch (delivered.fact()) {
                case ProvisioningFact.CustomerSeen seen -> {
                    note(effects, incoming, rules.customer(seen.customer()));
                    changes.add(seen.detail());
                }
                case ProvisioningFact.CustomerGone _, ProvisioningFact.PaymentMethodSeen _ -> {}
                case ProvisioningFact.SessionCompleted completed ->
                    note(effects, incoming, rules.session(completed.session()));
                case ProvisioningFact.VoucherSpent spent -> redeem(effects, incoming, spent.time(), expiries, now);
            }
        }
        set.told()
                .forEach(told -> effects.emit(
                        requireNonNull(causes.get(told.eventId())),
                        told.event().event(),
                        told.event().businessKey()));
        set.arrived().forEach(effects::arrived);
        return effects;
    }

    private static void note(Effects effects, Incoming incoming, Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied() -> {}
            case Outcome.Waits waits -> effects.park(incoming, waits.subject(), waits.reason());
        }
    }

    private static void redeem(Effects effects, Incoming incoming, VoucherTime time, Expiries expiries, Instant now) {
        switch (ExpiryRules.redeem(time, incoming.id().id(), expiries, now)) {
            case ExpiryRules.Outcome.Extended extended -> {
                Extension extension = extended.extension();
                AccountExtended event = new AccountExtended(
                        extension.userId(),
                        time.accountNumber(),
                        extension.previousExpiry(),
                        extension.expiry(),
                        time.businessKey(),
                        now);
                effects.emit(incoming, event, time.businessKey());
            }
            case ExpiryRules.Outcome.Known() -> {}
            case ExpiryRules.Outcome.AccountUnknown() ->
                effects.park(incoming, time.accountSubject(), "unknown-account");
        }
    }
}
