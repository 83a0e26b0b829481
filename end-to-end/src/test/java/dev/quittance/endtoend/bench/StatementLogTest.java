package dev.quittance.endtoend.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.endtoend.bench.StatementLog.Call;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pgbench runs is what the service ran: nothing lost, nothing added, sessions kept apart. */
class StatementLogTest {
    @Test
    void aCommittedTransactionIsReadBackWithItsParameters() {
        // Given
        String log = """
                2026-11-20 17:00:00.001 UTC [71] LOG:  statement: BEGIN
                2026-11-20 17:00:00.002 UTC [71] LOG:  execute s1: insert into t
                \tselect * from unnest($1::text[], $2::int[])
                2026-11-20 17:00:00.002 UTC [71] DETAIL:  Parameters: $1 = '{"it''s, $2 = ''x''",b}', $2 = NULL
                2026-11-20 17:00:00.003 UTC [71] LOG:  execute <unnamed>: select 1
                2026-11-20 17:00:00.004 UTC [71] LOG:  statement: COMMIT
                """;

        // When
        List<List<Call>> transactions = read(log);

        // Then
        assertThat(transactions)
                .containsExactly(List.of(
                        new Call(
                                "insert into t\nselect * from unnest($1::text[], $2::int[])",
                                List.of("'{\"it''s, $2 = ''x''\",b}'", "NULL")),
                        new Call("select 1", List.of())));
    }

    @Test
    void sessionsAreKeptApartAndRolledBackOnesAreDropped() {
        // Given
        String log = """
                2026-11-20 17:00:00.001 UTC [71] LOG:  statement: BEGIN
                2026-11-20 17:00:00.001 UTC [72] LOG:  statement: BEGIN
                2026-11-20 17:00:00.002 UTC [71] LOG:  execute s1: select $1
                2026-11-20 17:00:00.002 UTC [72] LOG:  execute s1: select $1
                2026-11-20 17:00:00.002 UTC [72] DETAIL:  Parameters: $1 = '72'
                2026-11-20 17:00:00.002 UTC [71] DETAIL:  Parameters: $1 = '71'
                2026-11-20 17:00:00.002 UTC [60] LOG:  checkpoint starting: immediate force wait
                2026-11-20 17:00:00.003 UTC [72] LOG:  statement: ROLLBACK
                2026-11-20 17:00:00.004 UTC [73] LOG:  execute s9: select 9
                2026-11-20 17:00:00.005 UTC [71] LOG:  statement: COMMIT
                """;

        // When
        List<List<Call>> transactions = read(log);

        // Then
        assertThat(transactions).containsExactly(List.of(new Call("select $1", List.of("'71'"))));
    }

    private static List<List<Call>> read(String log) {
        List<List<Call>> transactions = new ArrayList<>();
        new StatementLog(transactions::add).read(new BufferedReader(new StringReader(log)));
        return transactions;
    }
}
