package dev.quittance.messaging.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Opens the pool of a service so that each connection keeps the plans of all its statements. The client keeps none of a statement of
 * 2,048 characters or more otherwise, which are those of the hot path: each batch would parse, describe and plan them again.
 */
@Singleton
final class PreparedPool implements PgPoolCreator {
    /** Characters; well above our longest statement. */
    private static final int STATEMENT_MAX = 16_384;

    @Override
    public Pool create(Input input) {
        List<SqlConnectOptions> databases = List.copyOf(input.pgConnectOptionsList());
        databases.forEach(database -> database.setPreparedStatementCacheSqlLimit(STATEMENT_MAX));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(databases)
                .using(input.vertx())
                .build();
    }
}
