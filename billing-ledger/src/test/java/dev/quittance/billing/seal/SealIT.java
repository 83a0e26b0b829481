package dev.quittance.billing.seal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks of entries are sealed once they are committed, all of them, in one chain. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class SealIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String UNSEALED = """
            select e.business_key from billing.journal_entries e
            where not exists (select from billing.ledger_seals s where e.entry_id between s.first_entry_id and s.last_entry_id)
            order by 1""";
    private static final String BROKEN = """
            select s.seal_id from billing.ledger_seals s left join billing.ledger_seals p on p.seal_id = s.seal_id - 1
            where s.previous_hash is distinct from coalesce(p.hash, decode(repeat('00', 32), 'hex'))
               or s.first_entry_id <> coalesce(p.last_entry_id, 0) + 1
               or s.entries <> (select count(*) from billing.journal_entries e
                                where e.entry_id between s.first_entry_id and s.last_entry_id)""";

    private final UUID user = UUID.randomUUID();

    @Inject
    SealJob job;

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        ledger.addUser(user);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void whatIsCommittedIsSealedInOneChain() throws SQLException {
        // Given
        for (int i = 0; i < 5; i++) {
            post("k" + i);
            job.turn().await().atMost(LONG);
        }

        // When
        sealAll();

        // Then
        assertThat(ledger.rows(BROKEN)).isEmpty();
        String head = ledger.rows("select encode(hash, 'hex') from billing.ledger_seals order by seal_id desc limit 1")
                .getFirst();
        given().auth()
                .oauth2(StripeDouble.operatorToken())
                .get("/api/admin/ledger/seals/head")
                .then()
                .statusCode(200)
                .body("hash", equalTo(head));
        given().auth()
                .oauth2(StripeDouble.userToken(user))
                .get("/api/admin/ledger/seals/head")
                .then()
                .statusCode(403);
    }

    @Test
    void anEntryThatCommitsLateIsNotLeftOut() throws SQLException {
        // Given: an entry whose transaction stays open while later ones are committed
        post("before");
        sealAll();
        int sealedBefore = ledger.rows("select 1 from billing.ledger_seals").size();
        SqlConnection slow = pool.getConnection().await().atMost(LONG);
        Transaction open = slow.begin().await().atMost(LONG);
        journal.post(slow, List.of(Grants.of("late", user, "points", 1, 1)))
                .await()
                .atMost(LONG);
        post("early");

        // When
        for (int i = 0; i < 4; i++) {
            job.turn().await().atMost(LONG);
        }
        int sealedMeanwhile = ledger.rows("select 1 from billing.ledger_seals").size();
        open.commit().await().atMost(LONG);
        slow.close().await().atMost(LONG);
        sealAll();

        // Then
        assertThat(sealedMeanwhile).isEqualTo(sealedBefore);
        assertThat(ledger.rows(BROKEN)).isEmpty();
    }

    @Test
    void sealersAtOnceMakeOneChain() throws SQLException {
        // Given
        for (int i = 0; i < 20; i++) {
            post("k" + i);

            // When
            CompletableFuture.allOf(IntStream.range(0, 4)
                            .mapToObj(_ -> job.turn().subscribeAsCompletionStage())
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        sealAll();

        // Then
        assertThat(ledger.rows(BROKEN)).isEmpty();
    }

    @Test
    void nobodyChangesASeal() throws SQLException {
        // Given
        post("k");
        sealAll();

        // Then
        for (String role : List.of("billing_service", "billing_owner", "postgres")) {
            for (String change : List.of(
                    "update billing.ledger_seals set entries = 2",
                    "delete from billing.ledger_seals",
                    "truncate billing.ledger_seals")) {
                assertThatThrownBy(() -> ledger.runAs(role, change))
                        .as("%s: %s", role, change)
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    private void post(String key) {
        int shard = Math.floorMod(key.hashCode(), 3) + 2;
        UUID receiver = UUID.randomUUID();
        try {
            ledger.addUser(receiver);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        pool.withTransaction(
                        transaction -> journal.post(transaction, List.of(Grants.of(key, receiver, "points", 5, shard))))
                .await()
                .atMost(LONG);
    }

    private void sealAll() {
        Awaitility.await().atMost(LONG).until(() -> {
            job.turn().await().atMost(LONG);
            return ledger.rows(UNSEALED).isEmpty();
        });
    }
}
