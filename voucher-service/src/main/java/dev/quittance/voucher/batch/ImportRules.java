package dev.quittance.voucher.batch;

import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.voucher.code.VoucherCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Codes that were made elsewhere, as CSV: {@code code,months,days}, a header line first. All of it is right, or none is taken. */
final class ImportRules {
    static final int ROWS_MAX = 2_000;
    private static final String HEADER = "code,months,days";
    private static final int COLUMNS = 3;
    private static final int NUMBER_LENGTH_MAX = 5;

    private ImportRules() {}

    sealed interface Import {
        record Rows(List<ImportedCode> codes) implements Import {}

        /** @param line which is wrong, from 1; what it says is not repeated */
        record Invalid(int line, String detail) implements Import {}
    }

    record ImportedCode(VoucherCode code, VoucherTerm term) {}

    static Import read(String csv) {
        List<String> lines = csv.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().strip().equals(HEADER)) {
            return new Import.Invalid(1, "the first line is not " + HEADER);
        }
        if (lines.size() > ROWS_MAX + 1) {
            return new Import.Invalid(ROWS_MAX + 2, "at most " + ROWS_MAX + " codes at once");
        }
        List<ImportedCode> codes = new ArrayList<>();
        Set<VoucherCode> seen = new HashSet<>();
        for (int i = 1; i < lines.size(); i++) {
            Optional<ImportedCode> row = row(lines.get(i));
            if (row.isEmpty()) {
                return new Import.Invalid(i + 1, "not a code of 10 to 32 letters and digits with one positive term");
            }
            if (!seen.add(row.get().code())) {
                return new Import.Invalid(i + 1, "the code stands here twice");
            }
            codes.add(row.get());
        }
        return codes.isEmpty() ? new Import.Invalid(2, "there is no code") : new Import.Rows(codes);
    }

    private static Optional<ImportedCode> row(String line) {
        String[] columns = line.split(",", -1);
        if (columns.length != COLUMNS) {
            return Optional.empty();
        }
        long months = number(columns[1].strip());
        long days = number(columns[2].strip());
        return VoucherTerm.isValid(months, days)
                ? VoucherCode.readAny(columns[0])
                        .map(code -> new ImportedCode(code, new VoucherTerm((int) months, (int) days)))
                : Optional.empty();
    }

    private static long number(String text) {
        return !text.isEmpty()
                        && text.length() <= NUMBER_LENGTH_MAX
                        && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.parseLong(text)
                : -1;
    }
}
