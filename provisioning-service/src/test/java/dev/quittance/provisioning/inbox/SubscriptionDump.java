package dev.quittance.provisioning.inbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run led to, as text that two runs can be compared by. */
final class SubscriptionDump {
    private static final Map<String, String> DUMPS = dumps();

    private SubscriptionDump() {}

    /** Everything of the run's subscriptions without ids of ours; moments are named by the period that they end. */
    static String of(Connection connection, String run) throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> query : DUMPS.entrySet()) {
                dump.append(query.getKey()).append('\n');
                String sql =
                        query.getValue().replace("RUN", run).replace("USER", "'" + Buyer.userId("user", run) + "'");
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        dump.append("  ").append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return dump.toString().replace("_" + run, "");
    }

    private static String period(String moment) {
        return "coalesce('P' || ((extract(epoch from " + moment + ") - " + Life.START + ") / " + Life.MONTH
                + ")::numeric(9, 2)::text, '-')";
    }

    private static Map<String, String> dumps() {
        Map<String, String> dumps = new LinkedHashMap<>();
        dumps.put(
                "subscriptions",
                "select concat_ws(' ', s.id, s.status, 'paid', replace(" + period("s.paid_until")
                        + ", '.00', ''), 'expiry', replace(" + period("a.expiry")
                        + ", '.00', ''), s.cancel_at_period_end, s.price_id, s.quantity, s.current_period_end, s.head_event_id,"
                        + " s.trial_end, s.told)"
                        + " from provisioning.subscriptions s join provisioning.accounts a using (user_id)"
                        + " where s.user_id = USER order by 1");
        dumps.put("items", """
                select concat_ws(' ', item_id, price_id, quantity, period_end, is_current)
                from provisioning.subscription_items where subscription_id like '%RUN' order by 1
                """);
        dumps.put("customer_plan", """
                select concat_ws(' ', c.stripe_price_id, c.created_at, c.ended_at, p.name, p.benefits)
                from provisioning.customer_plan c left join provisioning.plans p on p.id = c.plan_id
                where c.customer_uuid = USER order by 1
                """);
        dumps.put("invoices", """
                select concat_ws(' ', invoice_id, paid_at, failed_at, period_start, period_end)
                from provisioning.subscription_invoices where subscription_id like '%RUN' order by 1
                """);
        dumps.put("extensions", """
                select concat_ws(' ', business_key, kind, seconds, starts_at)
                from provisioning.account_extensions where user_id = USER order by 1
                """);
        dumps.put("schedules", """
                select concat_ws(' ', schedule_id, status, subscription_id, phases, as_of)
                from provisioning.subscription_schedules where schedule_id like '%RUN' order by 1
                """);
        dumps.put(
                "parked",
                "select concat_ws(' ', event_id, waits_for) from provisioning.parked"
                        + " where event_id like '%RUN' order by 1");
        return dumps;
    }
}
