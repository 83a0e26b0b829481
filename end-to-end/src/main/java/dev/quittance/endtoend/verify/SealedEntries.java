package dev.quittance.endtoend.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The journal's rows as texts, and what tells them from those that were sealed. */
final class SealedEntries {
    static final int DIGEST_BYTES = 16;
    private static final String ROWS = """
            select e.entry_id, e.business_key, e.rule, e.stripe_account, e.event_id,
                   (extract(epoch from e.occurred_at) * 1000000)::bigint, (extract(epoch from e.recorded_at) * 1000000)::bigint,
                   l.line, a.name, l.shard, l.direction, l.amount, l.unit
            from billing.journal_entries e
            left join billing.entry_lines l on l.entry_id = e.entry_id
            left join billing.ledger_accounts a on a.account_id = l.account_id
            where e.entry_id between ? and ? order by e.entry_id, l.line
            """;

    private final Connection connection;

    SealedEntries(Connection connection) {
        this.connection = connection;
    }

    /** Null when the rows from {@code first} to {@code last} are those that were sealed. */
    @Nullable
    String firstDifference(long first, long last, Map<Long, byte[]> sealed) throws SQLException {
        Map<Long, String> texts = texts(first, last);
        Map<Long, byte[]> all = new TreeMap<>(sealed);
        texts.keySet().forEach(entry -> all.putIfAbsent(entry, new byte[0]));
        for (Map.Entry<Long, byte[]> entry : all.entrySet()) {
            String text = texts.get(entry.getKey());
            if (text == null) {
                return "entry " + entry.getKey() + " is missing";
            }
            if (!sealed.containsKey(entry.getKey())) {
                return "entry " + entry.getKey() + " was added";
            }
            byte[] digest = Arrays.copyOf(Sha256.of(text.getBytes(UTF_8)), DIGEST_BYTES);
            if (!Arrays.equals(digest, entry.getValue())) {
                return "entry " + entry.getKey() + " was changed or swapped";
            }
        }
        return null;
    }

    private Map<Long, String> texts(long first, long last) throws SQLException {
        Map<Long, StringBuilder> texts = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
            statement.setLong(1, first);
            statement.setLong(2, last);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    StringBuilder text = texts.get(rows.getLong(1));
                    if (text == null) {
                        text = new StringBuilder(entry(rows));
                        texts.put(rows.getLong(1), text);
                    }
                    if (rows.getString(9) != null) {
                        text.append(line(rows));
                    }
                }
            }
        }
        Map<Long, String> done = new TreeMap<>();
        texts.forEach((entry, text) -> done.put(entry, text.toString()));
        return done;
    }

    private static String entry(ResultSet row) throws SQLException {
        return row.getLong(1) + "|" + sized(row.getString(2)) + "|" + sized(row.getString(3)) + "|"
                + sized(row.getString(4)) + "|" + sized(row.getString(5)) + "|" + row.getLong(6) + "|" + row.getLong(7);
    }

    private static String line(ResultSet row) throws SQLException {
        return "|" + row.getInt(8) + "," + sized(row.getString(9)) + "," + row.getInt(10) + "," + row.getString(11)
                + "," + row.getLong(12) + "," + row.getString(13);
    }

    private static String sized(String text) {
        return text.getBytes(UTF_8).length + ":" + text;
    }
}
