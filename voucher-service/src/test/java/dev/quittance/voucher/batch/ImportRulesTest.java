package dev.quittance.voucher.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.voucher.batch.ImportRules.Import;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportRulesTest {
    private static final String HEADER = "code,months,days\n";

    @Test
    void codesOfOursAndOfOthersAreRead() {
        // When
        Import read = ImportRules.read(HEADER + "0000-0000-0000-0012,1,0\r\nold-code-2019-xyz,0,30\n");

        // Then
        assertThat(read)
                .isInstanceOfSatisfying(
                        Import.Rows.class,
                        rows -> assertThat(rows.codes())
                                .extracting(row -> row.code().formatted() + " " + row.term())
                                .containsExactly(
                                        "0000-0000-0000-0012 " + VoucherTerm.ofMonths(1),
                                        "01DC-0DE2-019X-YZ " + VoucherTerm.ofDays(30)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code,months | 1",
                "code,months,days;ABCDEFGHJK,1 | 2",
                "code,months,days;ABCDEFGHJK,1,1 | 2",
                "code,months,days;ABCDEFGHJK,0,0 | 2",
                "code,months,days;ABCDEFGHJK,-1,0 | 2",
                "code,months,days;SHORT,1,0 | 2",
                "code,months,days;ABCDEFGHJK,1,0;abc defghjk,2,0 | 3",
                "code,months,days | 2"
            })
    void whatIsWrongIsNamedByItsLineAndNothingIsTaken(String lines, int line) {
        // When
        Import read = ImportRules.read(lines.replace(';', '\n'));

        // Then
        assertThat(read).isInstanceOfSatisfying(Import.Invalid.class, invalid -> {
            assertThat(invalid.line()).isEqualTo(line);
            assertThat(invalid.detail()).doesNotContain("ABCDEFGHJK");
        });
    }

    @Test
    void tooManyAreRefused() {
        // Given
        String csv = IntStream.rangeClosed(0, ImportRules.ROWS_MAX)
                .mapToObj("ABCDEFGHJK%06d,1,0"::formatted)
                .collect(Collectors.joining("\n", HEADER, "\n"));

        // When / Then
        assertThat(ImportRules.read(csv)).isInstanceOf(Import.Invalid.class);
    }
}
