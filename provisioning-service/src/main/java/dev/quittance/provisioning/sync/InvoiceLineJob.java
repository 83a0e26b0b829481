package dev.quittance.provisioning.sync;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.loop.Backoff;
import dev.quittance.foundation.loop.Loop;
import dev.quittance.foundation.loop.Pace;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.provisioning.inbox.ArrivalHandler;
import dev.quittance.provisioning.subscription.InvoiceKey;
import dev.quittance.provisioning.sync.InvoiceLineStore.Leased;
import dev.quittance.provisioning.sync.StripeInvoices.Answer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks for the lines that an invoice's event does not show, and lets the event go on with them. */
@ApplicationScoped
public class InvoiceLineJob {
    private static final Logger LOG = Logger.getLogger(InvoiceLineJob.class);

    private final InvoiceLineStore store;
    private final StripeInvoices stripe;
    private final ArrivalHandler arrivals;
    private final StripeConfig config;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Loop loop;

    InvoiceLineJob(
            InvoiceLineStore store,
            StripeInvoices stripe,
            ArrivalHandler arrivals,
            StripeConfig config,
            Vertx vertx,
            InstantSource clock) {
        this.store = requireNonNull(store, "store is null");
        this.stripe = requireNonNull(stripe, "stripe is null");
        this.arrivals = requireNonNull(arrivals, "arrivals is null");
        this.config = requireNonNull(config, "config is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.backoff = new Backoff(config.pushLease(), config.pushBackoffMax());
        this.loop = new Loop(requireNonNull(vertx, "vertx is null"), "lines-wait", Pace.idling(config.pushIdle()));
    }

    void start(@Observes StartupEvent event) {
        if (stripe.isConfigured()) {
            loop.start(this::turn);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    private Uni<Boolean> turn() {
        return store.lease(clock.instant(), clock.instant().plus(config.pushLease()), config.pushBatch())
                .chain(leased -> Loop.oneByOne(leased, this::ask));
    }

    private Uni<Void> ask(Leased question) {
        return stripe.lines(question.invoice())
                .chain(answer -> finish(question.invoice(), answer))
                .onFailure(StripeCalls.NotNow.class)
                .recoverWithUni(failure -> postpone(question, failure));
    }

    private Uni<Void> finish(InvoiceKey invoice, Answer answer) {
        return switch (answer) {
            case Answer.Lines(String lines) -> finish(invoice, "done", lines);
            case Answer.Gone _ -> withoutAnswer(invoice, "gone");
            case Answer.TooMany _ -> withoutAnswer(invoice, "unusable");
        };
    }

    /** Its event stays parked, where whoever looks after the system finds it. */
    private Uni<Void> withoutAnswer(InvoiceKey invoice, String outcome) {
        LOG.warnf("outcome=no-lines errorCode=%s", outcome);
        return finish(invoice, outcome, null);
    }

    private Uni<Void> finish(InvoiceKey invoice, String outcome, @Nullable String lines) {
        return arrivals.arrive(
                Set.of(invoice.linesSubject()),
                transaction -> store.finish(transaction, invoice, outcome, lines)
                        .map(_ -> {
                            Effects effects = new Effects();
                            if (lines != null) {
                                effects.arrived(invoice.linesSubject());
                            }
                            return effects;
                        }));
    }

    private Uni<Void> postpone(Leased question, Throwable failure) {
        LOG.warnf("outcome=lines-later errorCode=%s", failure.getMessage());
        return store.postpone(question.invoice(), clock.instant().plus(backoff.after(question.attempts())));
    }
}
