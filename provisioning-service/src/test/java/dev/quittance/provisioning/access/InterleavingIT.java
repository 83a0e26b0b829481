package dev.quittance.provisioning.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who asks is a setting of the transaction, so that the next one on the same connection asks for itself. */
class InterleavingIT {
    private static final UUID ANN = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID BOB = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final int REQUESTS = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private record Answer(UUID asked, List<UUID> seen) {}

    @Test
    @DisplayName("C13: of 1,000 interleaved requests of two users over one pool each sees its own user")
    void nobodyIsTakenForAnother() {
        // Given
        Vertx vertx = Vertx.vertx();
        Pool pool = pool(vertx);
        pool.query("insert into auth.users (id, email) values ('" + ANN + "', 'ann@example.com'), ('" + BOB
                        + "', 'bob@example.com')")
                .executeAndAwait();

        // When
        List<Answer> answers = Multi.createFrom()
                .range(0, REQUESTS)
                .onItem()
                .transformToUni(number -> ask(pool, number % 2 == 0 ? ANN : BOB))
                .merge(64)
                .collect()
                .asList()
                .await()
                .atMost(TIMEOUT);
        long left = pool.query("select auth.uid() as id")
                                .executeAndAwait()
                                .iterator()
                                .next()
                                .getUUID("id")
                        == null
                ? 0
                : 1;
        pool.closeAndAwait();
        vertx.closeAndAwait();

        // Then
        assertThat(answers)
                .hasSize(REQUESTS)
                .allSatisfy(answer -> assertThat(answer.seen()).containsExactly(answer.asked()));
        assertThat(left).isZero();
    }

    private static Uni<Answer> ask(Pool pool, UUID user) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(
                        "select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)")
                .execute(Tuple.of("{\"sub\": \"" + user + "\", \"role\": \"authenticated\"}"))
                .chain(() -> connection.query("select id from public.users").execute())
                .map(rows -> new Answer(
                        user, rows.stream().map(row -> row.getUUID("id")).toList())));
    }

    private static Pool pool(Vertx vertx) {
        TestDatabase database = TestParts.database(Slice.PROVISIONING);
        PgConnectOptions options = PgConnectOptions.fromUri(database.reactiveUrl())
                .setUser(database.superuser().user())
                .setPassword(database.superuser().password());
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(4))
                .connectingTo(options)
                .using(vertx)
                .build();
    }
}
