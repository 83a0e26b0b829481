package dev.quittance.endtoend.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The journal's rows as texts, and what tells them from those that were sealed. */
final class SealedEntries {
    private static final String ROWS = """
            select e.entry_id, e.business_key, e.rule, e.stripe_account, e.event_id,
                   (extract(epoch from e.occurred_at) * 1000000)::bigint, (extract(epoch from e.recorded_at) * 1000000)::bigint,
                   l.line, a.name, l.shard, l.direction, l.amount, l.unit, e.digest
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
    String firstDifference(long first, long last, Map<Long, byte[]> sealed, SealForm form) throws SQLException {
        Map<Long, EntryText> texts = texts(first, last);
        Map<Long, byte[]> all = new TreeMap<>(sealed);
        texts.keySet().forEach(entry -> all.putIfAbsent(entry, new byte[0]));
        for (Map.Entry<Long, byte[]> entry : all.entrySet()) {
            EntryText text = texts.get(entry.getKey());
            if (text == null) {
                return "entry " + entry.getKey() + " is missing";
            }
            if (!sealed.containsKey(entry.getKey())) {
                return "entry " + entry.getKey() + " was added";
            }
            if (!Arrays.equals(form.of(text), entry.getValue()) || !text.isAsItsWriterSays()) {
                return "entry " + entry.getKey() + " was changed or swapped";
            }
        }
        return null;
    }

    private Map<Long, EntryText> texts(long first, long last) throws SQLException {
        Map<Long, EntryText> texts = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
            statement.setLong(1, first);
            statement.setLong(2, last);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    EntryText text = texts.get(rows.getLong(1));
                    if (text == null) {
                        text = entry(rows);
                        texts.put(text.id(), text);
                    }
                    if (rows.getString(9) != null) {
                        line(text, rows);
                    }
                }
            }
        }
        return texts;
    }

    private static EntryText entry(ResultSet row) throws SQLException {
        return new EntryText(
                row.getLong(1),
                List.of(row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                row.getLong(6),
                row.getLong(7),
                row.getBytes(14));
    }

    private static void line(EntryText text, ResultSet row) throws SQLException {
        text.addLine(
                row.getInt(8), row.getString(9), row.getInt(10), row.getString(11), row.getLong(12), row.getString(13));
    }
}
