package dev.quittance.provisioning.inbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** The state that a run led to, as text that two runs can be compared by. */
final class StateDump {
    private StateDump() {}

    /** Everything about the run without ids and times; users are named by what is known of them. */
    static String of(Connection connection, String run) throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> query : DUMPS.entrySet()) {
                dump.append(query.getKey()).append('\n');
                try (ResultSet rows = statement.executeQuery(query.getValue().replace("RUN", run))) {
                    while (rows.next()) {
                        dump.append("  ").append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return dump.toString()
                .replace(Buyer.userId("user", run).toString(), "USER")
                .replace(run, "RUN");
    }

    private static final Map<String, String> DUMPS = dumps();

    private static Map<String, String> dumps() {
        Map<String, String> dumps = new LinkedHashMap<>();
        dumps.put("auth.users", """
                select concat_ws(',', email, raw_app_meta_data, deleted_at) from auth.users
                where email like '%RUN@%' order by 1
                """);
        dumps.put("users", """
                select concat_ws(',', p.email, regexp_replace(p.email_as_of, '.*:own', 'own'), full_name,
                    regexp_replace(full_name_as_of, '.*:own', 'own'), payment_method, billing_address, a.status, a.expiry,
                    a.account_number is not null)
                from provisioning.users p left join provisioning.accounts a on a.user_id = p.id
                where p.email like '%RUN@%' order by 1
                """);
        dumps.put("stripe_customers", """
                select concat_ws(',', u.email, stripe_customer_id, is_primary,
                    case when deleted_at is null then 'lives' else 'gone' end, is_announced, evidence, customer_email, c.email_as_of,
                    customer_name, name_as_of, customer_metadata, metadata_as_of)
                from provisioning.stripe_customers c join provisioning.users u on u.id = c.user_id
                where stripe_customer_id like '%RUN' order by 1
                """);
        dumps.put("resolved_sessions", """
                select concat_ws(',', u.email, session_id, stripe_customer_id, is_paid)
                from provisioning.resolved_sessions s join provisioning.users u on u.id = s.user_id
                where session_id like '%RUN' order by 1
                """);
        dumps.put("identity_mismatches", """
                select concat_ws(',', subject, reason, u.email, o.email)
                from provisioning.identity_mismatches m join provisioning.users u on u.id = m.user_id
                left join provisioning.users o on o.id = m.other_user_id
                where subject like '%RUN' order by 1
                """);
        dumps.put("contacts", """
                select concat_ws(',', reference, place, email) from provisioning.contact_hints where reference like '%RUN'
                union all select concat_ws(',', reference, subject) from provisioning.contact_waits
                where reference like '%RUN' order by 1
                """);
        dumps.put("parked", """
                select concat_ws(',', event_id, waits_for, reason) from provisioning.parked
                where event_id like '%RUN' order by 1
                """);
        return dumps;
    }
}
