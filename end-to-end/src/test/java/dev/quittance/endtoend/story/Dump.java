package dev.quittance.endtoend.story;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What purchases left in the tables, without ids and without times of our own, so that two purchases that should have had the
 * same effect have the same text.
 */
final class Dump {
    private static final Pattern SECTION = Pattern.compile("(?ms)^-- ([a-z ]+)$(.*?;)$");
    private static final String FIND_PURCHASES = """
            create temporary table purchases on commit drop as
            select p.tag, p.email, u.id as user_id, a.account_number
            from (select tag, tag || '@example.com' as email from unnest(?::text[]) as tag) p
            left join auth.users u on lower(u.email) = p.email
            left join provisioning.accounts a on a.user_id = u.id
            """;

    private record Owner(String userId, String accountNumber) {}

    private Dump() {}

    /** A text of one line a row, by tag. */
    static Map<String, String> of(Connection connection, Collection<String> tags) throws SQLException {
        connection.setAutoCommit(false);
        try {
            try (PreparedStatement statement = connection.prepareStatement(FIND_PURCHASES)) {
                statement.setArray(1, connection.createArrayOf("text", tags.toArray()));
                statement.execute();
            }
            Map<String, Owner> owners = owners(connection);
            Map<String, TreeSet<String>> lines = new TreeMap<>();
            tags.forEach(tag -> lines.put(tag, new TreeSet<>()));
            Matcher section = SECTION.matcher(text());
            while (section.find()) {
                read(connection, section.group(1), section.group(2), owners, lines);
            }
            Map<String, String> dumps = new TreeMap<>();
            lines.forEach((tag, rows) -> dumps.put(tag, String.join("\n", rows)));
            return dumps;
        } finally {
            connection.rollback();
        }
    }

    private static Map<String, Owner> owners(Connection connection) throws SQLException {
        Map<String, Owner> owners = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select tag, coalesce(user_id::text, '?'), coalesce(account_number, '?') from purchases")) {
            while (rows.next()) {
                owners.put(rows.getString(1), new Owner(rows.getString(2), rows.getString(3)));
            }
        }
        return owners;
    }

    private static void read(
            Connection connection,
            String name,
            String sql,
            Map<String, Owner> owners,
            Map<String, TreeSet<String>> lines)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Map<String, Integer> numbers = new HashMap<>();
            while (rows.next()) {
                String tag = rows.getString(1);
                Owner owner = requireNonNull(owners.get(tag));
                String row = rows.getString(2)
                        .replace(tag, "PURCHASE")
                        .replace(owner.userId(), "USER")
                        .replace(owner.accountNumber(), "ACCOUNT");
                TreeSet<String> ofTag = requireNonNull(lines.get(tag));
                // Equal rows count as often as they are there.
                String line = name + ": " + row;
                int number = numbers.merge(tag + line, 1, Integer::sum);
                ofTag.add(number == 1 ? line : line + " (again: " + number + ")");
            }
        }
    }

    /** The statements' names. */
    static List<String> sections() {
        return SECTION.matcher(text()).results().map(found -> found.group(1)).toList();
    }

    private static String text() {
        try (InputStream in = requireNonNull(Dump.class.getResourceAsStream("dump.sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
