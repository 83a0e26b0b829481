package dev.quittance.endtoend.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ledger by itself: the statement that the service books with, as it was recorded, with postings of our own, so many in each
 * transaction. Each moves an amount between two house accounts.
 */
final class PostingScripts {
    static final String MARK = "insert into billing.journal_entries";
    static final String TABLE = "billing.journal_entries";
    private static final int ACCOUNTS = 1_000;
    private static final String AMOUNT = "1069";

    /** Each account has one shard: a hot one is as hot as it can be. */
    static final String ACCOUNTS_SQL = """
            insert into billing.ledger_accounts (name, kind, unit)
            select 'bench:' || n, 'house', 'EUR' from generate_series(1, %d) n order by n;
            insert into billing.balances (account_id, shard, floored)
            select account_id, 0, false from billing.ledger_accounts""".formatted(ACCOUNTS);

    private final String statement;
    private final Path folder;

    PostingScripts(String statement, Path folder) {
        this.statement = statement;
        this.folder = folder;
    }

    /**
     * A script for each client.
     *
     * @param events of all clients
     * @param batch postings of one transaction
     * @param isHot whether all postings are between the same two accounts, or each between two that few others touch
     */
    List<Path> write(String name, int clients, int events, int batch, boolean isHot) {
        List<Path> scripts = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            Path script = folder.resolve(name + "-" + client + ".sql");
            try (BufferedWriter writer = Files.newBufferedWriter(script)) {
                writer.write("PREPARE post AS " + statement.strip() + ";\n");
                int mine = events / clients;
                for (int from = 0; from < mine; from += batch) {
                    int first = from;
                    int own = client;
                    writer.write("BEGIN\\;\nEXECUTE post("
                            + String.join(
                                    ",", arguments(Math.min(batch, mine - from), isHot, n -> own + ":" + (first + n)))
                            + ")\\;\nCOMMIT;\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            scripts.add(script);
        }
        return scripts;
    }

    /** In the order of the statement's parameters. */
    private static List<String> arguments(int count, boolean isHot, IntFunction<String> key) {
        return List.of(
                array(count, Integer::toString),
                array(count, n -> "charge:ch_" + key.apply(n)),
                array(count, _ -> "charge"),
                array(count, _ -> "\"\""),
                array(count, n -> "evt_" + key.apply(n)),
                array(count, _ -> "2026-09-21T00:00:00Z"),
                array(2 * count, n -> Integer.toString(n / 2)),
                array(2 * count, n -> Integer.toString(n % 2)),
                array(2 * count, n -> Integer.toString(isHot ? 1 + n % 2 : account(key.apply(n / 2), n % 2))),
                array(2 * count, _ -> "0"),
                array(2 * count, n -> n % 2 == 0 ? "debit" : "credit"),
                array(2 * count, _ -> AMOUNT),
                array(2 * count, _ -> "EUR"),
                IntStream.range(0, count)
                        .mapToObj(n -> "%032x".formatted(key.apply(n).hashCode() & 0xffffffffL))
                        .collect(Collectors.joining("", "'\\x", "'")));
    }

    /** The two of a posting are neighbours, and never the same. */
    private static int account(String key, int side) {
        return 1 + Math.floorMod(key.hashCode() * 2 + side, ACCOUNTS);
    }

    private static String array(int count, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(",", "'{", "}'"));
    }
}
