package dev.quittance.billing.mirror;

import dev.quittance.billing.fact.Versioned;
import dev.quittance.billing.mirror.Column.Merge;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One mirror table. Its statement merges a whole batch with what is there, in the same way whatever the order and the
 * batches: the state with the highest {@link dev.quittance.billing.fact.Version} stays, and set-once columns keep what was
 * ever known.
 */
public final class MirrorStore<F extends Versioned> {
    private static final String VERSION = "version_rank, version_at, version_step, version_event";

    // Sorted by key, so that two consumers that meet wait for each other instead of deadlocking.
    private static final String UPSERT = """
            insert into %1$s as t (%2$s)
            select distinct on (%3$s) %4$s
            from unnest(%5$s) as s(%2$s)
            window w as (partition by %3$s)
            order by %3$s, version_rank desc, version_at desc, version_step desc, version_event desc
            on conflict (%3$s) do update set
              %6$s
            """;

    private final List<Column<F>> columns;
    private final String statement;

    /**
     * @param key the column of the object's id
     * @param own the columns beside key and version
     */
    public MirrorStore(String table, String key, List<Column<F>> own) {
        List<Column<F>> keys =
                List.of(Column.key("stripe_account", Versioned::account), Column.key(key, Versioned::id));
        List<Column<F>> version = List.of(
                Column.latest(
                        "version_rank", SqlType.INTEGER, fact -> fact.version().rank()),
                Column.latest(
                        "version_at",
                        SqlType.TIMESTAMPTZ,
                        fact -> fact.version().at()),
                Column.latest(
                        "version_step", SqlType.INTEGER, fact -> fact.version().step()),
                Column.latest(
                        "version_event", SqlType.TEXT, fact -> fact.version().eventId()));
        this.columns = Stream.of(keys, own, version).flatMap(List::stream).toList();
        this.statement = statement(table, columns);
    }

    /** Merges what was seen into the rows. */
    public Uni<Void> upsert(SqlConnection transaction, List<F> facts) {
        if (facts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple parameters = Tuple.tuple();
        columns.forEach(column -> parameters.addValue(column.type().array(facts, column.value())));
        return transaction.preparedQuery(statement).execute(parameters).replaceWithVoid();
    }

    private static <F> String statement(String table, List<Column<F>> columns) {
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String keys = columns.stream()
                .filter(column -> column.merge() == Merge.KEY)
                .map(Column::name)
                .collect(Collectors.joining(", "));
        String arrays = IntStream.range(0, columns.size())
                .mapToObj(i -> "$" + (i + 1) + "::" + columns.get(i).type().wire() + "[]")
                .collect(Collectors.joining(", "));
        String selected = columns.stream().map(MirrorStore::selected).collect(Collectors.joining(", "));
        String assigned = columns.stream()
                .filter(column -> column.merge() != Merge.KEY)
                .map(MirrorStore::assigned)
                .collect(Collectors.joining(",\n  "));
        return UPSERT.formatted(table, names, keys, selected, arrays, assigned);
    }

    private static String selected(Column<?> column) {
        return switch (column.merge()) {
            case KEY, LATEST -> column.name() + column.type().cast();
            case GREATEST -> column.type().aggregate() + "(" + column.name() + ") over w";
        };
    }

    private static String assigned(Column<?> column) {
        String name = column.name();
        return switch (column.merge()) {
            case KEY -> throw new IllegalArgumentException("a key does not change");
            case GREATEST -> "%1$s = greatest(t.%1$s, excluded.%1$s)".formatted(name);
            case LATEST ->
                "%1$s = case when (%2$s) > (%3$s) then excluded.%1$s else t.%1$s end"
                        .formatted(name, prefixed("excluded"), prefixed("t"));
        };
    }

    private static String prefixed(String table) {
        return table + "." + VERSION.replace(", ", ", " + table + ".");
    }
}
