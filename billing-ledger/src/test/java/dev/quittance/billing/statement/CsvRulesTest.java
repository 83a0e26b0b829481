package dev.quittance.billing.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a spreadsheet reads. */
class CsvRulesTest {
    @Test
    void aTextIsNeverAFormula() {
        assertThat(CsvRules.text("=1+1")).isEqualTo("'=1+1");
        assertThat(CsvRules.text("@x")).isEqualTo("'@x");
        assertThat(CsvRules.text("-2")).isEqualTo("'-2");
        assertThat(CsvRules.text("a, \"b\"\nc")).isEqualTo("\"a, \"\"b\"\"\nc\"");
        assertThat(CsvRules.text("plain")).isEqualTo("plain");
    }

    @Test
    void aStatementIsARowForEachEntry() {
        // Given
        Instant at = Instant.parse("2026-01-02T03:04:05Z");
        StatementView statement = new StatementView(
                "points",
                List.of(new StatementView.Entry(7, 1, at, at, "spend", null, "spend:x", "spend:x", -3, 4)),
                null);

        // Then
        assertThat(CsvRules.write(statement).lines())
                .containsExactly(
                        "entry_id,occurred_at,recorded_at,rule,description,cause,business_key,unit,amount,balance",
                        "7,2026-01-02T03:04:05Z,2026-01-02T03:04:05Z,spend,,spend:x,spend:x,points,-3,4");
    }
}
