package dev.quittance.voucher.gift;

import dev.quittance.foundation.failure.Failures;
import dev.quittance.voucher.code.CodeSeal;
import dev.quittance.voucher.gift.GiftStore.DueMail;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Sends what waits. A mail counts as sent in the transaction that saw it taken by the mail server: a crash in between sends the
 * same code to the same address once more, and loses none.
 */
@ApplicationScoped
class GiftJob {
    private static final Logger LOG = Logger.getLogger(GiftJob.class);

    private final Pool pool;
    private final GiftStore store;
    private final CodeSeal seal;
    private final ReactiveMailer mailer;
    private final GiftConfig config;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    GiftJob(
            Pool pool,
            GiftStore store,
            CodeSeal seal,
            ReactiveMailer mailer,
            GiftConfig config,
            InstantSource clock,
            MeterRegistry metrics) {
        this.pool = pool;
        this.store = store;
        this.seal = seal;
        this.mailer = mailer;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Scheduled(every = "${quittance.voucher.mail.every:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> send() {
        if (!config.enabled()) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> pool.withTransaction(this::sendOne))
                .whilst(Boolean::booleanValue)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.warnf("outcome=mail-waits errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Boolean> sendOne(SqlConnection transaction) {
        return store.takeDue(transaction, clock.instant())
                .chain(mail -> mail.isEmpty()
                        ? Uni.createFrom().item(false)
                        : send(transaction, mail.get()).replaceWith(true));
    }

    private Uni<Void> send(SqlConnection transaction, DueMail mail) {
        String code =
                seal.open(mail.sealedCode(), mail.keyId(), mail.voucherId()).formatted();
        return mailer.send(Mail.withText(
                        mail.recipient(),
                        config.subject(),
                        "This code is a voucher for you. It is shown here once and works once.\n\n    " + code + "\n"))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .invoke(() ->
                        metrics.counter("voucher.mails", "outcome", "sent").increment())
                .chain(() -> store.sent(transaction, mail))
                .onFailure()
                .recoverWithUni(failure -> failed(transaction, mail, failure));
    }

    private Uni<Void> failed(SqlConnection transaction, DueMail mail, Throwable failure) {
        LOG.warnf("outcome=not-mailed errorCode=%s", failure.getClass().getSimpleName());
        if (mail.attempts() + 1 >= config.attempts()) {
            metrics.counter("voucher.mails", "outcome", "given-up").increment();
            return store.giveUp(transaction, mail);
        }
        return store.again(
                transaction, mail, clock.instant().plus(config.backoff().multipliedBy(1L << mail.attempts())));
    }
}
