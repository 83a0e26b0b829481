package dev.quittance.endtoend.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads back from Postgres' log which statements each session ran, with their parameters, transaction by transaction. */
final class StatementLog {
    private static final Pattern ENTRY =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d [0-9:.]+ \\S+ \\[(\\d+)] ([A-Z]+):  (.*)", Pattern.DOTALL);
    private static final Pattern EXECUTE = Pattern.compile("execute [^:]+: (.*)", Pattern.DOTALL);
    private static final Pattern SIMPLE = Pattern.compile("statement: (.*)", Pattern.DOTALL);
    private static final String PARAMETERS = "Parameters: ";

    private final Consumer<List<Call>> committed;
    private final Map<String, List<Call>> open = new HashMap<>();

    /** @param committed gets each transaction in the order of the commits */
    StatementLog(Consumer<List<Call>> committed) {
        this.committed = committed;
    }

    /**
     * One statement as it was run.
     *
     * @param parameters as SQL literals
     */
    record Call(String sql, List<String> parameters) {}

    void read(BufferedReader log) {
        StringBuilder entry = new StringBuilder();
        try {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                if (line.startsWith("\t")) {
                    entry.append('\n').append(line, 1, line.length());
                } else {
                    take(entry);
                    entry.setLength(0);
                    entry.append(line);
                }
            }
            take(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(CharSequence entry) {
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            return;
        }
        String session = parts.group(1);
        String message = parts.group(3);
        switch (parts.group(2)) {
            case "LOG" -> statement(session, message);
            case "DETAIL" -> parameters(session, message);
            default -> {}
        }
    }

    private void statement(String session, String message) {
        Matcher execute = EXECUTE.matcher(message);
        if (execute.matches()) {
            calls(session).add(new Call(execute.group(1), List.of()));
            return;
        }
        Matcher simple = SIMPLE.matcher(message);
        if (!simple.matches()) {
            return;
        }
        switch (simple.group(1).strip()) {
            case "BEGIN" -> open.put(session, new ArrayList<>());
            case "COMMIT" -> commit(open.remove(session));
            case "ROLLBACK" -> open.remove(session);
            default -> calls(session).add(new Call(simple.group(1), List.of()));
        }
    }

    private void commit(@Nullable List<Call> calls) {
        if (calls != null) {
            committed.accept(calls);
        }
    }

    private void parameters(String session, String message) {
        List<Call> calls = calls(session);
        if (message.startsWith(PARAMETERS) && !calls.isEmpty()) {
            Call last = calls.removeLast();
            calls.add(new Call(last.sql(), literals(message.substring(PARAMETERS.length()))));
        }
    }

    private List<Call> calls(String session) {
        // Outside of a transaction: kept nowhere.
        return open.getOrDefault(session, new ArrayList<>());
    }

    /** Splits {@code $1 = 'a', $2 = NULL}; a quote within a literal is doubled, which is how SQL wants it back. */
    static List<String> literals(String text) {
        List<String> literals = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int from = text.indexOf(" = ", at) + 3;
            int to = text.charAt(from) == '\'' ? endOfQuoted(text, from) : endOfBare(text, from);
            literals.add(text.substring(from, to));
            at = to + 2;
        }
        return literals;
    }

    private static int endOfQuoted(String text, int from) {
        int at = text.indexOf('\'', from + 1);
        while (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
            at = text.indexOf('\'', at + 2);
        }
        return at + 1;
    }

    private static int endOfBare(String text, int from) {
        int end = text.indexOf(", $", from);
        return end < 0 ? text.length() : end;
    }
}
