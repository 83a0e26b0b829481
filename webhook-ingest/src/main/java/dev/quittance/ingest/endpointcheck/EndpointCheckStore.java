package dev.quittance.ingest.endpointcheck;

import dev.quittance.contracts.stripe.EndpointRules.Finding;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Answers that were other than the one before, newest first. */
@Singleton
final class EndpointCheckStore {
    private static final String KEEP = """
            insert into ingest.endpoint_checks (checked_at, endpoints, findings)
            select $1, $2::text[], $3::text::jsonb
            where not exists (
              select from (select endpoints, findings from ingest.endpoint_checks order by id desc limit 1) last
              where last.endpoints = $2::text[] and last.findings = $3::text::jsonb)
            """;

    private static final String LATEST =
            "select checked_at, endpoints, findings from ingest.endpoint_checks order by id desc limit 20";

    private final Pool pool;

    EndpointCheckStore(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> keep(EndpointCheck check) {
        JsonArray findings = new JsonArray();
        check.findings()
                .forEach(finding -> findings.add(new JsonObject()
                        .put("code", finding.code())
                        .put("detail", finding.detail())
                        .put("missing", new JsonArray(finding.missing()))));
        return pool.preparedQuery(KEEP)
                .execute(Tuple.tuple()
                        .addOffsetDateTime(check.checkedAt().atOffset(ZoneOffset.UTC))
                        .addArrayOfString(check.endpoints().toArray(String[]::new))
                        .addString(findings.encode()))
                .replaceWithVoid();
    }

    Uni<List<EndpointCheck>> latest() {
        return pool.query(LATEST).execute().map(rows -> {
            List<EndpointCheck> checks = new ArrayList<>();
            rows.forEach(row -> checks.add(check(row)));
            return checks;
        });
    }

    private static EndpointCheck check(Row row) {
        return new EndpointCheck(
                row.getOffsetDateTime("checked_at").toInstant(),
                Arrays.asList(row.getArrayOfStrings("endpoints")),
                row.getJsonArray("findings").stream()
                        .map(JsonObject.class::cast)
                        .map(finding -> new Finding(
                                finding.getString("code"),
                                finding.getString("detail"),
                                finding.getJsonArray("missing").stream()
                                        .map(String::valueOf)
                                        .toList()))
                        .toList());
    }
}
