package dev.quittance.endtoend.verify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever may do anything to the tables still cannot do it unseen. */
class SealLookIT {
    private static final String SWAP_IDS = """
            alter table billing.journal_entries alter column entry_id drop identity;
            update billing.journal_entries set entry_id = 99 where entry_id = 3;
            update billing.journal_entries set entry_id = 3 where entry_id = 5;
            update billing.journal_entries set entry_id = 5 where entry_id = 99;
            update billing.entry_lines set entry_id = 99 where entry_id = 3;
            update billing.entry_lines set entry_id = 3 where entry_id = 5;
            update billing.entry_lines set entry_id = 5 where entry_id = 99""";

    /** Makes a seal of what is there now, with all that follows, as if it had always been so. */
    private static final String SEAL_AGAIN = """
            delete from billing.ledger_seals;
            select billing.seal_entries(3, 2); select billing.seal_entries(9, 2); select billing.seal_entries(9, 2);
            select billing.seal_entries(9, 2)""";

    private static TestDatabase sound = TestParts.database(Slice.VOUCHER);
    private static Optional<PublishedHead> head = Optional.empty();
    private TestDatabase tampered = sound;

    /** @param offender what the look must name */
    record Tampering(String offender, String sql) {}

    static Stream<Tampering> tamperings() {
        return Stream.of(
                new Tampering(
                        "entry 3 was changed or swapped, in seal 2",
                        "update billing.entry_lines set amount = amount + 1 where entry_id = 3"),
                new Tampering(
                        "entry 4 was changed or swapped, in seal 2",
                        "update billing.journal_entries set occurred_at = occurred_at - interval '1 day' where entry_id = 4"),
                new Tampering(
                        "entry 1 was changed or swapped, in seal 1",
                        "update billing.ledger_accounts set name = 'revenue:USD' where account_id = 2"),
                new Tampering(
                        "entry 4 is missing, in seal 2", "delete from billing.journal_entries where entry_id = 4"),
                new Tampering(
                        "entry 2 was changed or swapped, in seal 1",
                        "delete from billing.entry_lines where entry_id = 2"),
                new Tampering("entry 3 was changed or swapped, in seal 2", SWAP_IDS),
                new Tampering(
                        "entry 5 is missing, in seal 3",
                        "delete from billing.journal_entries where entry_id >= 5;"
                                + " delete from billing.entry_lines where entry_id >= 5"),
                new Tampering(
                        "entry 3 was changed or swapped, in seal 2",
                        "update billing.journal_entries set digest = substring(sha256(digest) for 16) where entry_id = 3"),
                new Tampering(
                        "entry 4 was changed or swapped, in seal 2",
                        "update billing.journal_entries e set rule = 'x' where entry_id = 4;"
                                + " update billing.journal_entries e set digest = billing.entry_digest(e) where entry_id = 4"),
                new Tampering(
                        "entry 6 was changed or swapped, in seal 3",
                        "update billing.journal_entries set recorded_at = recorded_at - interval '1 microsecond' where entry_id = 6"),
                new Tampering(
                        "entry 2 was changed or swapped, in seal 1",
                        "update billing.journal_entries set recorded_at = recorded_at - interval '1 microsecond' where entry_id = 2"),
                new Tampering(
                        "seal 2 was changed",
                        "alter table billing.ledger_seals drop constraint ledger_seals_form_known,"
                                + " drop constraint ledger_seals_digests_whole;"
                                + " update billing.ledger_seals set form = 3 where seal_id = 2"),
                new Tampering("seal 2 is missing", "delete from billing.ledger_seals where seal_id = 2"),
                new Tampering(
                        "seal 3 does not follow the one before",
                        "update billing.ledger_seals set previous_hash = sha256('x') where seal_id = 3"),
                new Tampering(
                        "seal 2 was changed", "update billing.ledger_seals set hash = sha256('x') where seal_id = 2"),
                new Tampering(
                        "entry 3 was changed or swapped, in seal 2",
                        "update billing.ledger_seals set digests = overlay(digests placing '\\x00000000'::bytea from 17) where seal_id = 2"));
    }

    static Stream<Tampering> tamperingsOfTheWholeChain() {
        return Stream.of(
                new Tampering(
                        "seal 3 is missing, with the entries from 5",
                        "delete from billing.journal_entries where entry_id >= 5;"
                                + " delete from billing.entry_lines where entry_id >= 5;"
                                + " delete from billing.ledger_seals where seal_id >= 3"),
                new Tampering(
                        "seal 3 is not the one that was published",
                        "update billing.entry_lines set amount = amount + 1 where entry_id = 1;" + SEAL_AGAIN));
    }

    @BeforeAll
    static void sixEntriesInThreeSeals() throws SQLException {
        execute(sound, text("purchase.sql"));
        execute(sound, """
                set session_replication_role = replica;
                delete from billing.journal_entries where entry_id > 3;
                delete from billing.entry_lines where entry_id > 3;
                reset session_replication_role;
                insert into billing.journal_entries (entry_id, business_key, rule, event_id, occurred_at) overriding system value
                select n, 'küche:' || n, 'test', 'evt', now() from generate_series(4, 6) n;
                insert into billing.entry_lines (entry_id, line, account_id, shard, direction, amount, unit)
                select n, 0, 3, 0, 'debit', n, 'points' from generate_series(4, 6) n
                union all select n, 1, 5, 0, 'credit', n, 'points' from generate_series(4, 6) n;
                update billing.ledger_accounts set name = name || ':straße' where account_id = 5;
                alter table billing.ledger_seals alter column form set default 1""");
        execute(sound, oldSealer());
        execute(sound, """
                select billing.old_seal_entries(9, 2);
                alter table billing.ledger_seals alter column form drop default;
                set session_replication_role = replica;
                update billing.journal_entries e set digest = billing.entry_digest(e) where entry_id between 3 and 4;
                reset session_replication_role;
                select billing.seal_entries(9, 2); select billing.seal_entries(9, 2)""");
        try (Connection connection = sound.connect(sound.superuser());
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select seal_id || ':' || encode(hash, 'hex')"
                                + " from billing.ledger_seals order by seal_id desc limit 1")) {
            row.next();
            head = PublishedHead.read(row.getString(1));
        }
    }

    /** What sealed before digests came with the entries. */
    private static String oldSealer() {
        try {
            return Files.readString(Checkout.find()
                            .root()
                            .resolve("billing-ledger/src/main/resources/db/migration/V042__cheaper_seals.sql"))
                    .replace("function billing.seal_entries", "function billing.old_seal_entries");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void copy() throws SQLException {
        String name = sound.name() + "_" + System.nanoTime();
        execute(
                new TestDatabase(sound.address(), "postgres", sound.superuser(), sound.logins()),
                "create database \"" + name + "\" template \"" + sound.name() + "\"");
        tampered = new TestDatabase(sound.address(), name, sound.superuser(), sound.logins());
    }

    @Test
    void whatNobodyTouchedIsAsItWasSealed() throws SQLException {
        assertThat(head).isPresent();
        assertThat(look(head).verdict()).isEqualTo(Finding.Verdict.OK);
        assertThat(look(Optional.empty()).offenders()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void theFirstRowThatWasTamperedWithIsNamed(Tampering tampering) throws SQLException {
        // When
        execute(tampered, "set session_replication_role = replica;" + tampering.sql());

        // Then
        assertThat(look(Optional.empty()).verdict()).isEqualTo(Finding.Verdict.FAILED);
        assertThat(look(Optional.empty()).offenders()).isEqualTo(List.of(tampering.offender()));
    }

    @ParameterizedTest
    @MethodSource("tamperingsOfTheWholeChain")
    void aChainThatWasMadeAnewIsNotThePublishedOne(Tampering tampering) throws SQLException {
        // When
        execute(tampered, "set session_replication_role = replica;" + tampering.sql());

        // Then
        assertThat(look(head).offenders()).isEqualTo(List.of(tampering.offender()));
    }

    private Finding look(Optional<PublishedHead> published) throws SQLException {
        try (Connection connection = tampered.connect(tampered.superuser())) {
            return new SealLook(connection, published).find();
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect(database.superuser());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String file) {
        try (InputStream in = requireNonNull(SealLookIT.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
