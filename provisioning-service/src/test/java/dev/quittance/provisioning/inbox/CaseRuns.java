package dev.quittance.provisioning.inbox;

import dev.quittance.messaging.inbox.Inbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One case's events in every order, each of them twice, cut into batches by chance: one run for each order, side by side. */
final class CaseRuns {
    static final long SEED = 20_261_121;
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Inbox<ProvisioningFact> inbox;
    private final Connection connection;
    private final String prefix;

    CaseRuns(Inbox<ProvisioningFact> inbox, Connection connection, String prefix) {
        this.inbox = inbox;
        this.connection = connection;
        this.prefix = prefix;
    }

    private record Run(String name, List<List<StripeJson>> batches) {}

    /** The states that the orders led to, each with one run that led to it. */
    Map<String, String> states(Function<String, List<StripeJson>> events) throws SQLException {
        return states(_ -> List.of(), events);
    }

    /** The same after some events came first, in their order. */
    Map<String, String> states(Function<String, List<StripeJson>> before, Function<String, List<StripeJson>> events)
            throws SQLException {
        Map<String, String> states = new LinkedHashMap<>();
        for (String run : play(before, events)) {
            states.putIfAbsent(StateDump.of(connection, run), run);
        }
        return states;
    }

    /** The names of the runs, all of them played to their end. */
    List<String> play(Function<String, List<StripeJson>> before, Function<String, List<StripeJson>> events)
            throws SQLException {
        Random random = new Random(SEED);
        List<Run> runs = new ArrayList<>();
        int count = events.apply("count").size();
        for (List<Integer> order :
                permutations(IntStream.range(0, count).boxed().toList())) {
            String name = "q%05d".formatted(RUNS.incrementAndGet());
            List<StripeJson> made = events.apply(name);
            List<StripeJson> doubled =
                    new ArrayList<>(order.stream().map(made::get).toList());
            order.forEach(index -> doubled.add(
                    random.nextInt(doubled.indexOf(made.get(index)) + 1, doubled.size() + 1), made.get(index)));
            runs.add(new Run(name, cut(doubled, random)));
            prepareUsers(name);
        }
        List<ConsumerRecord<String, byte[]>> first = new ArrayList<>();
        runs.forEach(run -> before.apply(run.name()).forEach(event -> first.add(event.record(prefix, first.size()))));
        inbox.process(StripeJson.records(first)).await().atMost(TIMEOUT);
        for (int turn = 0; turn < 2 * count; turn++) {
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            for (Run run : runs) {
                if (turn < run.batches().size()) {
                    run.batches().get(turn).forEach(event -> records.add(event.record(prefix, records.size())));
                }
            }
            inbox.process(StripeJson.records(records)).await().atMost(TIMEOUT);
        }
        return runs.stream().map(Run::name).toList();
    }

    private static List<List<Integer>> permutations(List<Integer> rest) {
        if (rest.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : rest) {
            List<Integer> others = new ArrayList<>(rest);
            others.remove(first);
            for (List<Integer> tail : permutations(others)) {
                List<Integer> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }

    private static List<List<StripeJson>> cut(List<StripeJson> events, Random random) {
        List<List<StripeJson>> batches = new ArrayList<>();
        for (StripeJson event : events) {
            if (batches.isEmpty() || random.nextBoolean()) {
                batches.add(new ArrayList<>());
            }
            batches.getLast().add(event);
        }
        return batches;
    }

    /** A signed-in user, one whose e-mail is verified and one whose is not. */
    private void prepareUsers(String run) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into auth.users (id, email, email_confirmed_at) values (?, ?, ?::timestamptz)")) {
            for (String who : List.of("user", "verified", "unverified")) {
                insert.setObject(1, Buyer.userId(who, run));
                insert.setString(2, who + "." + run + "@example.com");
                insert.setString(3, who.equals("unverified") ? null : "2026-01-01T00:00:00Z");
                insert.executeUpdate();
            }
        }
    }
}
