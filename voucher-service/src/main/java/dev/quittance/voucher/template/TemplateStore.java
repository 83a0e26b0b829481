package dev.quittance.voucher.template;

import dev.quittance.voucher.template.Template.Delivery;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Templates in the database. */
@Singleton
public final class TemplateStore {
    /** There are as many as there are kinds of vouchers on sale. */
    private static final int TEMPLATES_MAX = 1_000;

    private static final String ALL = """
            select origin, duration_months, duration_days, delivery, valid_days from voucher.voucher_templates
            order by origin, duration_months, duration_days limit $1
            """;

    private static final String PUT = """
            insert into voucher.voucher_templates
              (origin, duration_months, duration_days, delivery, valid_days, updated_by, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (origin, duration_months, duration_days) do update set
              delivery = excluded.delivery, valid_days = excluded.valid_days,
              updated_by = excluded.updated_by, updated_at = excluded.updated_at
            """;

    public Uni<Templates> all(SqlClient client) {
        return client.preparedQuery(ALL).execute(Tuple.of(TEMPLATES_MAX)).map(rows -> {
            List<Template> templates = new ArrayList<>();
            rows.forEach(row -> templates.add(new Template(
                    row.getString("origin"),
                    row.getInteger("duration_months"),
                    row.getInteger("duration_days"),
                    Delivery.of(row.getString("delivery")),
                    row.getInteger("valid_days"))));
            return new Templates(templates);
        });
    }

    Uni<Void> put(SqlClient client, Template template, String actor, Instant now) {
        return client.preparedQuery(PUT)
                .execute(Tuple.tuple()
                        .addString(template.origin())
                        .addInteger(template.months())
                        .addInteger(template.days())
                        .addString(template.delivery().text())
                        .addInteger(template.validDays())
                        .addString(actor)
                        .addOffsetDateTime(now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
