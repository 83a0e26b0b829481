package dev.quittance.billing.testing;

import dev.quittance.billing.testing.Events.Event;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A sequence of events that must end the same whatever their order: run in every order of up to six events (of more in so
 * many, drawn at random, and with each two exchanged), each event doubled, many of them interleaved, in polls of random sizes.
 */
public final class Case {
    /** How the number of a run stands in its ids, so that its rows are found again; twelve digits end a UUID. */
    private static final String FORMAT = "7770%08d";

    private static final Pattern NUMBER = Pattern.compile("7770\\d{8}");
    private static final int TOGETHER = 60;
    private static final int ALL_OF = 6;
    private static final int ORDERS_MAX = 720;
    private static final int DRAWN_MAX = 200;

    /** With {@code -Dquittance.orders=5040} every order of seven events too, and so many of more. */
    private static final int ORDERS_WANTED = Integer.getInteger("quittance.orders", 0);

    private final Ledger ledger;
    private final Pattern alike;
    private final Consumer<List<Event>> poll;

    /**
     * @param poll applies a poll of events
     */
    public Case(Ledger ledger, Consumer<List<Event>> poll) {
        this(ledger, "", poll);
    }

    /**
     * @param alike what may stand before the number of a run's ids without making a difference
     */
    public Case(Ledger ledger, String alike, Consumer<List<Event>> poll) {
        this.ledger = ledger;
        this.alike = Pattern.compile(alike + NUMBER.pattern());
        this.poll = poll;
    }

    /** The events of a run, made for its name and its user. */
    public interface Sequence extends BiFunction<String, UUID, List<Event>> {}

    /** The books in which every order ends, with {@code #} where the number of the run stood. */
    public List<String> books(Sequence sequence) throws SQLException {
        return books(sequence, () -> {});
    }

    /** The same after something else has happened too. */
    public List<String> books(Sequence sequence, Runnable waiting) throws SQLException {
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        Random random = new Random(seed);
        List<List<Event>> runs = new ArrayList<>();
        int size = sequence.apply(name(0), user(0)).size();
        List<List<Integer>> orders =
                Orders.numbers(size, Math.max(ORDERS_WANTED, size <= ALL_OF ? ORDERS_MAX : DRAWN_MAX), random);
        ledger.addUsers(IntStream.range(0, orders.size()).mapToObj(Case::user).toList());
        for (int i = 0; i < orders.size(); i++) {
            List<Event> events = sequence.apply(name(i), user(i));
            runs.add(Orders.doubled(orders.get(i).stream().map(events::get).toList(), random));
        }
        for (int from = 0; from < runs.size(); from += TOGETHER) {
            List<List<Event>> together = runs.subList(from, Math.min(from + TOGETHER, runs.size()));
            Orders.batches(Orders.interleaved(together, random), random).forEach(poll);
        }
        waiting.run();
        return common(seed, orders.size());
    }

    private static String name(int number) {
        return FORMAT.formatted(number);
    }

    private static UUID user(int number) {
        return UUID.fromString("44444444-4444-4444-8444-" + name(number));
    }

    private List<String> common(long seed, int orders) throws SQLException {
        Map<String, List<String>> states = new TreeMap<>();
        for (String row : ledger.books()) {
            Matcher number = NUMBER.matcher(row);
            String whose = number.find() ? number.group() : "the house";
            states.computeIfAbsent(whose, _ -> new ArrayList<>())
                    .add(alike.matcher(row).replaceAll("#"));
        }
        states.values().forEach(Collections::sort);
        if (states.size() != orders) {
            throw new AssertionError("seed " + seed + ": " + states.size() + " states of " + orders);
        }
        List<String> expected =
                Objects.requireNonNull(states.values().iterator().next());
        states.forEach((number, rows) -> {
            if (!rows.equals(expected)) {
                throw new AssertionError(
                        "seed " + seed + ", run " + number + " ends in\n" + rows + "\nbut another in\n" + expected);
            }
        });
        return expected;
    }
}
