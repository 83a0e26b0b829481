package dev.quittance.billing.fulfilment;

import dev.quittance.billing.fulfilment.OrderMailStore.Item;
import dev.quittance.billing.fulfilment.OrderMailStore.Letter;
import dev.quittance.foundation.failure.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Sends the letters that orders left, until each is sent. */
@ApplicationScoped
class OrderMailJob {
    private static final Logger LOG = Logger.getLogger(OrderMailJob.class);

    private static final Map<String, String> SUBJECTS = Map.of(
            "order", "Your order",
            "download", "Your downloads",
            "refund", "Your refund",
            "sold_out", "Your order is sold out");

    private final OrderMailStore store;
    private final FulfilmentConfig config;
    private final DownloadLinks links;
    private final ReactiveMailer mailer;
    private final Template template;
    private final MeterRegistry metrics;

    OrderMailJob(
            OrderMailStore store,
            FulfilmentConfig config,
            DownloadLinks links,
            ReactiveMailer mailer,
            @Location("mails/order.txt") Template template,
            MeterRegistry metrics) {
        this.store = store;
        this.config = config;
        this.links = links;
        this.mailer = mailer;
        this.template = template;
        this.metrics = metrics;
    }

    @Scheduled(
            every = "${quittance.fulfilment.mail-every:10s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everySoOften() {
        if (!config.mails()) {
            return Uni.createFrom().voidItem();
        }
        return store.take(config.mailBatch(), config.mailLease())
                .chain(letters -> Multi.createFrom()
                        .iterable(letters)
                        .onItem()
                        .transformToUniAndConcatenate(letter -> send(letter).replaceWith(true))
                        .collect()
                        .last())
                .onFailure()
                .invoke(failure -> LOG.warnf("outcome=letters-later errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** One that cannot be sent now does not keep the others waiting; its lease runs out, and it is tried again. */
    private Uni<Void> send(Letter letter) {
        String address = letter.address();
        if (address == null) {
            return finish(letter, "no_address");
        }
        Mail mail = Mail.withText(address, SUBJECTS.getOrDefault(letter.kind(), "Your order"), text(letter))
                .addHeader("Message-ID", "<" + letter.kind() + "." + letter.orderId() + "@quittance>");
        return mailer.send(mail)
                .chain(() -> finish(letter, "sent"))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "outcome=letter-later errorCode=%s", failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithNull();
    }

    private String text(Letter letter) {
        List<String> linked = letter.kind().equals("download")
                ? letter.items().stream()
                        .filter(Item::isDownload)
                        .map(item -> item.name() + ": "
                                + links.make(letter.orderId(), item.line()).url())
                        .toList()
                : List.of();
        return template.data("kind", letter.kind())
                .data("order", letter.orderId().toString())
                .data("total", letter.total())
                .data("back", letter.back())
                .data(
                        "items",
                        letter.items().stream()
                                .map(item -> item.quantity() + " x " + item.name())
                                .toList())
                .data("links", linked)
                .data("isPaidBack", isAny(letter, "refund"))
                .data("isSentLater", isAny(letter, "back_order"))
                .render();
    }

    private static boolean isAny(Letter letter, String policy) {
        return letter.items().stream().anyMatch(item -> policy.equals(item.soldOut()));
    }

    private Uni<Void> finish(Letter letter, String state) {
        metrics.counter("order.letters", "kind", letter.kind(), "outcome", state)
                .increment();
        return store.finish(letter, state);
    }
}
