package dev.quittance.billing.receipt;

import dev.quittance.foundation.failure.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Sends receipts for settled purchases, until each is sent. */
@ApplicationScoped
class ReceiptJob {
    private static final Logger LOG = Logger.getLogger(ReceiptJob.class);

    private final ReceiptStore store;
    private final ReceiptConfig config;
    private final ReactiveMailer mailer;
    private final MeterRegistry metrics;

    ReceiptJob(ReceiptStore store, ReceiptConfig config, ReactiveMailer mailer, MeterRegistry metrics) {
        this.store = store;
        this.config = config;
        this.mailer = mailer;
        this.metrics = metrics;
    }

    @Scheduled(every = "${quittance.receipts.every:10s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everySoOften() {
        return switch (config.by()) {
            case STRIPE -> Uni.createFrom().voidItem();
            case MAIL -> turn();
        };
    }

    private Uni<Void> turn() {
        return store.take(config.window(), config.batch(), config.lease())
                .chain(receipts -> Multi.createFrom()
                        .iterable(receipts)
                        .onItem()
                        .transformToUniAndConcatenate(receipt -> send(receipt).replaceWith(true))
                        .collect()
                        .last())
                .onFailure()
                .invoke(failure -> LOG.warnf("outcome=receipts-later errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** One that cannot be sent now does not keep the others waiting; its lease runs out, and it is tried again. */
    private Uni<Void> send(Receipt receipt) {
        String address = receipt.address();
        if (address == null) {
            return finish(receipt, "no_address");
        }
        Mail mail = Mail.withText(address, "Your receipt", receipt.text())
                .addHeader("Message-ID", "<receipt." + receipt.anchor() + "@quittance>");
        return mailer.send(mail)
                .chain(() -> finish(receipt, "sent"))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "outcome=receipt-later errorCode=%s", failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> finish(Receipt receipt, String state) {
        metrics.counter("receipts.done", "outcome", state).increment();
        return store.finish(receipt, state);
    }
}
