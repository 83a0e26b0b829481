package dev.quittance.provisioning.mismatch;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.loop.Loop;
import dev.quittance.foundation.loop.Pace;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Mails the buyers whose purchase waits because their e-mail is that of a user who never proved it. A mail may come twice; then
 * the later token is the one that counts.
 */
@ApplicationScoped
public class ClaimMailJob {
    private final ClaimStore claims;
    private final ClaimConfig config;
    private final ReactiveMailer mailer;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final MeterRegistry metrics;
    private final Loop loop;

    ClaimMailJob(
            ClaimStore claims,
            ClaimConfig config,
            ReactiveMailer mailer,
            Vertx vertx,
            InstantSource clock,
            RandomGenerator random,
            MeterRegistry metrics) {
        this.claims = requireNonNull(claims, "claims is null");
        this.config = requireNonNull(config, "config is null");
        this.mailer = requireNonNull(mailer, "mailer is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.loop = new Loop(requireNonNull(vertx, "vertx is null"), "mail-later", Pace.idling(config.idle()));
    }

    void start(@Observes StartupEvent event) {
        if (config.link().isPresent()) {
            loop.start(() -> sendOne()
                    .onFailure()
                    .invoke(() ->
                            metrics.counter("claims.mails", "outcome", "failed").increment()));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    /** Whether there was one to send. */
    private Uni<Boolean> sendOne() {
        ClaimToken token = ClaimToken.draw(random);
        return claims.lease(token, clock.instant(), config).chain(leased -> {
            if (leased.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            return mailer.send(mail(leased.get().email(), token))
                    .chain(() -> claims.markSent(leased.get().id(), clock.instant()))
                    .invoke(() ->
                            metrics.counter("claims.mails", "outcome", "sent").increment())
                    .replaceWith(true);
        });
    }

    private Mail mail(String to, ClaimToken token) {
        return Mail.withText(to, "Your purchase waits for you", """
                Somebody paid for a purchase with this e-mail address.

                If it was you, sign in and open this link to have it on your account:
                %s%s

                The link works once and for %d days. If it was not you, there is nothing to do.
                """.formatted(
                config.link().orElseThrow(), token.text(), config.lifetime().toDays()));
    }
}
