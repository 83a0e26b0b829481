package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.bench.StatementLog.Call;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Turns what the service said to Postgres into a script for pgbench: the same statements, in the same transactions, with the
 * same parameters, in the same order. Whatever the service learns to do, or to leave, pgbench does too.
 */
final class Recording {
    private static final String CONSUMER = "insert into billing.inbox";

    private final String mark;
    private final String gate;
    private final int share;
    private final int shares;
    private final UnaryOperator<Call> change;

    private final Map<String, String> names = new LinkedHashMap<>();
    private int transactions;
    private int seen;

    /** Of the consumer's transactions: the relay's looking for something to send is not the work. */
    Recording() {
        this(CONSUMER, "", 0, 1);
    }

    /** @param change what is said otherwise than it was recorded */
    Recording(UnaryOperator<Call> change) {
        this(CONSUMER, "", 0, 1, change);
    }

    /**
     * Every so manieth transaction only, for one of several clients.
     *
     * @param mark what is said in the transactions that are the work
     * @param gate a statement that is said after everything is prepared, or nothing
     */
    Recording(String mark, String gate, int share, int shares) {
        this(mark, gate, share, shares, UnaryOperator.identity());
    }

    private Recording(String mark, String gate, int share, int shares, UnaryOperator<Call> change) {
        this.change = change;
        this.mark = mark;
        this.gate = gate;
        this.share = share;
        this.shares = shares;
    }

    /** Number of transactions and of statements in each, for people. */
    record Summary(int transactions, int statements) {}

    Summary write(Path log, Path script) {
        Path body = script.resolveSibling("transactions-" + share + ".sql");
        try (BufferedReader reader = Files.newBufferedReader(log)) {
            try (BufferedWriter writer = Files.newBufferedWriter(body)) {
                new StatementLog(calls -> write(writer, calls)).read(reader);
            }
            try (BufferedWriter writer = Files.newBufferedWriter(script)) {
                prepare(writer);
            }
            append(body, script);
            Files.delete(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (transactions == 0) {
            throw new BenchFailure("nothing was recorded in " + log);
        }
        return new Summary(transactions, names.size());
    }

    /** The recorded statement in which this is said. */
    String statement(String part) {
        return names.keySet().stream()
                .filter(sql -> sql.contains(part))
                .findFirst()
                .orElseThrow(() -> new BenchFailure("the service never said: " + part));
    }

    private void prepare(BufferedWriter writer) throws IOException {
        for (Map.Entry<String, String> statement : names.entrySet()) {
            writer.write("PREPARE " + statement.getValue() + " AS "
                    + statement.getKey().strip() + ";\n");
        }
        writer.write(gate);
    }

    private void write(BufferedWriter writer, List<Call> calls) {
        if (calls.stream().noneMatch(call -> call.sql().contains(mark)) || seen++ % shares != share) {
            return;
        }
        transactions++;
        try {
            // Joined by \; a transaction is one command: pgbench sends it at once, and reads a long script much sooner.
            writer.write("BEGIN\\;\n");
            for (Call recorded : calls) {
                Call call = change.apply(recorded);
                String name = names.computeIfAbsent(call.sql(), _ -> "statement_" + (names.size() + 1));
                String parameters = call.parameters().isEmpty() ? "" : "(" + String.join(",", call.parameters()) + ")";
                writer.write("EXECUTE " + name + parameters + "\\;\n");
            }
            writer.write("COMMIT;\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path from, Path to) throws IOException {
        try (var out = Files.newOutputStream(to, java.nio.file.StandardOpenOption.APPEND)) {
            Files.copy(from, out);
        }
    }
}
