package dev.quittance.billing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.localstack.testparts.LogWatch;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.EventId;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Real events of many API versions, from a folder outside: each is applied, ignored or parked, none fails, and none is logged. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@EnabledIfSystemProperty(named = "quittance.corpus", matches = ".+")
@SuppressWarnings("NullAway.Init")
class CorpusIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    BillingHandler handler;

    @Inject
    Pool pool;

    @Test
    @DisplayName("S-12: no event of the corpus fails, and nothing of it is in the log at DEBUG")
    void noEventOfTheCorpusFails() throws IOException, SQLException {
        // Given
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(Path.of(System.getProperty("quittance.corpus")))) {
            found.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
        }
        int applied = 0;

        // When
        try (LogWatch watch = new LogWatch()) {
            for (Path file : files) {
                byte[] body = Files.readAllBytes(file);
                if (!(StripeEvent.read(body) instanceof StripeEvent.Reading.Read(StripeEvent event))) {
                    continue;
                }
                Incoming incoming = new Incoming(
                        new EventId(event.account(), event.id()),
                        event.type(),
                        Topics.STRIPE_EVENTS,
                        "key",
                        body,
                        new byte[32],
                        null);
                Reading<BillingFact> reading = handler.read(incoming);
                assertThat(reading).as(file.toString()).isNotInstanceOf(Reading.Poison.class);
                if (reading instanceof Reading.Relevant<BillingFact> relevant) {
                    pool.withTransaction(transaction ->
                                    handler.apply(transaction, List.of(new Delivered<>(incoming, relevant.fact()))))
                            .await()
                            .atMost(LONG);
                    applied++;
                }
            }
            assertThat(watch.lines()).isPositive();
            assertThat(watch.found()).isEmpty();
        }

        // Then
        assertThat(applied).isPositive();
        try (Ledger ledger = new Ledger()) {
            assertThat(
                            ledger.rows(
                                    "select unit, sum(debits) - sum(credits) from billing.balances"
                                            + " join billing.ledger_accounts using (account_id) group by unit having sum(debits) <> sum(credits)"))
                    .isEmpty();
        }
    }
}
