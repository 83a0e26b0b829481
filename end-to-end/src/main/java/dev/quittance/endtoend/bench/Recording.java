package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.bench.StatementLog.Call;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private final Client client;
    private final UnaryOperator<Call> change;

    private final Map<String, String> names = new LinkedHashMap<>();
    private int transactions;
    private int seen;

    /** Of the consumer's transactions: the relay's looking for something to send is not the work. */
    Recording() {
        this(CONSUMER, Client.ALONE);
    }

    /** @param change what is said otherwise than it was recorded */
    Recording(Client client, UnaryOperator<Call> change) {
        this(CONSUMER, client, change);
    }

    /** @param mark what is said in the transactions that are the work */
    Recording(String mark, Client client) {
        this(mark, client, UnaryOperator.identity());
    }

    private Recording(String mark, Client client, UnaryOperator<Call> change) {
        this.mark = mark;
        this.client = client;
        this.change = change;
    }

    /**
     * One of several clients, which gets every so manieth transaction.
     *
     * @param number from 0
     * @param of how many there are
     * @param before how many transactions it says before it waits at the first gate
     * @param begin what it says to wait there, or nothing
     * @param end what it says to wait after its last transaction, or nothing
     */
    record Client(int number, int of, int before, String begin, String end) {
        /** Waits for nobody. */
        static final Client ALONE = new Client(0, 1, 0, "", "");
        /** Waits before its first transaction and after its last. */
        static final Client GATED = new Client(0, 1, 0, Gate.await(Gate.BEGIN), Gate.await(Gate.END));
    }

    /** Number of transactions and of statements in each, for people. */
    record Summary(int transactions, int statements) {}

    Summary write(Path log, Path script) {
        Path body = script.resolveSibling("transactions-" + client.number() + ".sql");
        try (BufferedReader reader = Files.newBufferedReader(log)) {
            try (BufferedWriter writer = Files.newBufferedWriter(body)) {
                new StatementLog(calls -> write(writer, calls)).read(reader);
            }
            try (BufferedWriter writer = Files.newBufferedWriter(script)) {
                prepare(writer);
            }
            append(body, script);
            Files.writeString(script, client.end(), StandardOpenOption.APPEND);
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
    }

    private void write(BufferedWriter writer, List<Call> calls) {
        if (calls.stream().noneMatch(call -> call.sql().contains(mark)) || seen++ % client.of() != client.number()) {
            return;
        }
        try {
            if (transactions++ == client.before()) {
                writer.write(client.begin());
            }
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
        try (var out = Files.newOutputStream(to, StandardOpenOption.APPEND)) {
            Files.copy(from, out);
        }
    }
}
