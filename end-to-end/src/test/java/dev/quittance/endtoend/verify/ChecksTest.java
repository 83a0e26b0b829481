package dev.quittance.endtoend.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
    @Test
    void aHeadingSaysHowStrictTheStatementBelowItIs() {
        // Given
        String text = """
                -- About the file.

                -- MUST: one holds
                select 1
                where false;

                -- SHOULD: two hold
                -- a remark
                select 2;
                """;

        // When
        List<Check> checks = Checks.read(text);

        // Then
        assertThat(checks)
                .containsExactly(
                        new Check(Check.Kind.MUST, "one holds", "select 1\nwhere false"),
                        new Check(Check.Kind.SHOULD, "two hold", "-- a remark\nselect 2"));
    }

    @Test
    void aStatementWithoutAnEndIsAMistake() {
        // When / Then
        assertThatThrownBy(() -> Checks.read("-- MUST: one holds\nselect 1")).hasMessageContaining("one holds");
    }

    @Test
    void everyInvariantHasItsOwnSentence() {
        // When / Then
        assertThat(Checks.all()).isNotEmpty().extracting(Check::sentence).doesNotHaveDuplicates();
    }

    @Test
    void theUrlOfPsqlBecomesTheUrlOfJdbc() {
        // When
        String url = Verify.jdbcUrl("postgresql://postgres:p%26w@127.0.0.1:5433/quittance");

        // Then
        assertThat(url).isEqualTo("jdbc:postgresql://127.0.0.1:5433/quittance?user=postgres&password=p%26w");
    }
}
