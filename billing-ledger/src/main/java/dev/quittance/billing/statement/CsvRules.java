package dev.quittance.billing.statement;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Statements as CSV (RFC 4180), so that a spreadsheet reads texts as texts and never as formulas. */
final class CsvRules {
    private static final List<String> HEADER = List.of(
            "entry_id",
            "occurred_at",
            "recorded_at",
            "rule",
            "description",
            "cause",
            "business_key",
            "unit",
            "amount",
            "balance");

    private CsvRules() {}

    static String write(StatementView statement) {
        return Stream.concat(
                        Stream.of(String.join(",", HEADER)),
                        statement.entries().stream().map(entry -> row(statement.unit(), entry)))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String row(String unit, StatementView.Entry entry) {
        String description = entry.description() == null ? "" : entry.description();
        return Stream.of(
                        String.valueOf(entry.entryId()),
                        entry.occurredAt().toString(),
                        entry.recordedAt().toString(),
                        text(entry.rule()),
                        text(description),
                        text(entry.cause()),
                        text(entry.businessKey()),
                        text(unit),
                        String.valueOf(entry.amount()),
                        String.valueOf(entry.balance()))
                .collect(Collectors.joining(","));
    }

    /** Quoted where it must be; what a spreadsheet would take for a formula gets an apostrophe. */
    static String text(String text) {
        boolean isFormula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = isFormula ? "'" + text : text;
        boolean isPlain = safe.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return isPlain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
