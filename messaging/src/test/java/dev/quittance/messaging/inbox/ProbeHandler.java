package dev.quittance.messaging.inbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Obeys the event's text: {@code plain}, {@code need:x} waits for x, {@code bring:x} brings it, {@code drop} cuts the
 * database connection the first time, {@code unreadable} is poison. An event whose id begins with poison breaks a constraint.
 */
final class ProbeHandler implements BatchHandler<ProbeHandler.Command> {
    final AtomicInteger drops = new AtomicInteger();
    final AtomicInteger reads = new AtomicInteger();

    record Command(String verb, String subject) {}

    @Override
    public Reading<Command> read(Incoming incoming) {
        reads.incrementAndGet();
        String text = new String(incoming.body(), StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        return switch (text) {
            case "unreadable" -> new Reading.Poison<>("UNREADABLE", "said so itself");
            case "nothing" -> new Reading.Ignored<>("said-so");
            default ->
                colon < 0
                        ? new Reading.Relevant<>(new Command(text, ""), Set.of())
                        : new Reading.Relevant<>(
                                new Command(text.substring(0, colon), text.substring(colon + 1)),
                                Set.of(text.substring(colon + 1)));
        };
    }

    @Override
    public Uni<Effects> apply(SqlConnection transaction, List<Delivered<Command>> batch) {
        if (batch.stream().anyMatch(event -> event.fact().verb().equals("drop")) && drops.incrementAndGet() == 1) {
            return transaction
                    .query("select pg_terminate_backend(pg_backend_pid())")
                    .execute()
                    .replaceWith(new Effects());
        }
        String[] needed = subjects(batch, "need");
        return bring(transaction, batch)
                .chain(() -> transaction
                        .preparedQuery("select subject from billing.brought where subject = any($1)")
                        .execute(Tuple.tuple().addArrayOfString(needed)))
                .chain(rows -> {
                    Set<String> there = new java.util.HashSet<>();
                    rows.forEach(row -> there.add(row.getString("subject")));
                    return effects(transaction, batch, there);
                });
    }

    private static Uni<Void> bring(SqlConnection transaction, List<Delivered<Command>> batch) {
        return transaction
                .preparedQuery("insert into billing.brought select distinct unnest($1::text[]) on conflict do nothing")
                .execute(Tuple.tuple().addArrayOfString(subjects(batch, "bring")))
                .replaceWithVoid();
    }

    private static Uni<Effects> effects(SqlConnection transaction, List<Delivered<Command>> batch, Set<String> there) {
        Effects effects = new Effects();
        List<String> applied = new java.util.ArrayList<>();
        for (Delivered<Command> event : batch) {
            Command command = event.fact();
            if (command.verb().equals("need") && !there.contains(command.subject())) {
                effects.park(event.incoming(), command.subject(), "needs-it");
                continue;
            }
            if (command.verb().equals("bring")) {
                effects.arrived(command.subject());
            }
            applied.add(event.incoming().id().id());
        }
        return transaction
                .preparedQuery("insert into billing.effects (event_id) select unnest($1::text[])")
                .execute(Tuple.tuple().addArrayOfString(applied.toArray(String[]::new)))
                .replaceWith(effects);
    }

    private static String[] subjects(List<Delivered<Command>> batch, String verb) {
        return batch.stream()
                .map(Delivered::fact)
                .filter(command -> command.verb().equals(verb))
                .map(Command::subject)
                .toArray(String[]::new);
    }
}
