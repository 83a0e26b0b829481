package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.endtoend.verify.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What can be seen of purchases in the tables; every wait says what it waits for. */
final class Effects {
    private static final Duration POLL = Duration.ofMillis(250);
    // Seen as counted by the e-mail of the buyer, which only the story's own purchases have.
    private static final String COUNT_VOUCHERS = """
            select count(*) from voucher.vouchers v join auth.users u on u.id = v.owner_user_id where u.email like ?
            """;
    private static final String COUNT_USERS = "select count(*) from auth.users where email like ?";
    private static final String COUNT_ACCOUNTS = """
            select count(*) from provisioning.accounts a join auth.users u on u.id = a.user_id where u.email like ?
            """;
    private static final String COUNT_SETTLEMENTS = """
            select count(*) from billing.settlements s join auth.users u on u.id = s.user_id where u.email like ?
            """;
    private static final String COUNT_FEES = """
            select count(*) from billing.journal_entries e
            join billing.charges c on e.business_key = 'fee:' || c.balance_transaction_id
            join billing.settlements s
              on s.stripe_account = c.stripe_account and s.payment_intent_id = c.payment_intent_id
            join auth.users u on u.id = s.user_id where u.email like ?
            """;
    private static final String FIND_USER = "select id from auth.users where lower(email) = ?";

    private final StoryStack stack;

    Effects(StoryStack stack) {
        this.stack = stack;
    }

    /** Counts of one kind of buyer, by the pattern of their e-mail. */
    record Counts(long users, long accounts, long settlements, long vouchers, long fees) {
        static Counts each(long number) {
            return new Counts(number, number, number, number, number);
        }
    }

    Counts counts(String email) throws SQLException {
        try (Connection connection = stack.connect()) {
            return new Counts(
                    count(connection, COUNT_USERS, email),
                    count(connection, COUNT_ACCOUNTS, email),
                    count(connection, COUNT_SETTLEMENTS, email),
                    count(connection, COUNT_VOUCHERS, email),
                    count(connection, COUNT_FEES, email));
        }
    }

    void awaitCounts(String email, Counts expected) {
        await("users, accounts, settlements, vouchers and fees of " + email)
                .atMost(StoryStack.PATIENCE)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(counts(email)).isEqualTo(expected));
    }

    UUID awaitUser(String email) {
        return await("a user for " + email)
                .atMost(StoryStack.PATIENCE)
                .pollInterval(POLL)
                .until(() -> user(email), Optional::isPresent)
                .orElseThrow();
    }

    /** One value of the story's own question. */
    String ask(String sql, Object... values) throws SQLException {
        try (Connection connection = stack.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        }
    }

    void awaitAnswer(String expected, String sql, Object... values) {
        await(sql)
                .atMost(StoryStack.PATIENCE)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(ask(sql, values)).isEqualTo(expected));
    }

    /** All invariants hold once everything has arrived. */
    void verify() throws SQLException {
        assertThat(stack.verify())
                .filteredOn(finding -> finding.verdict() == Finding.Verdict.FAILED)
                .isEmpty();
    }

    private Optional<UUID> user(String email) throws SQLException {
        try (Connection connection = stack.connect();
                PreparedStatement statement = connection.prepareStatement(FIND_USER)) {
            statement.setString(1, email);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }

    private static long count(Connection connection, String sql, String email) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, email);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
