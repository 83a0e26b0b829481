package dev.quittance.billing.testing;

import dev.quittance.billing.testing.Events.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The ways in which events may come. */
public final class Orders {
    private static final int BATCH_MAX = 80;

    private Orders() {}

    /** Each event again, anywhere. */
    public static List<Event> doubled(List<Event> order, Random random) {
        List<Event> doubled = new ArrayList<>(order);
        order.forEach(event -> doubled.add(random.nextInt(doubled.size() + 1), event));
        return doubled;
    }

    /** All of them as one stream, each in its own order. */
    public static List<Event> interleaved(List<List<Event>> orders, Random random) {
        List<Deque<Event>> left =
                new ArrayList<>(orders.stream().map(ArrayDeque::new).toList());
        List<Event> stream = new ArrayList<>();
        while (!left.isEmpty()) {
            Deque<Event> next = left.get(random.nextInt(left.size()));
            stream.add(next.removeFirst());
            if (next.isEmpty()) {
                left.remove(next);
            }
        }
        return stream;
    }

    /** Polls of random sizes. */
    public static List<List<Event>> batches(List<Event> events, Random random) {
        List<List<Event>> batches = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(BATCH_MAX));
            batches.add(events.subList(from, to));
            from = to;
        }
        return batches;
    }

    /**
     * Every order of the events where that is not more than {@code max}; else theirs, the reverse, theirs with each two of
     * them exchanged, and as many more as {@code max} leaves, drawn at random.
     */
    public static List<List<Event>> of(List<Event> events, int max, Random random) {
        return numbers(events.size(), max, random).stream()
                .map(order -> order.stream().map(events::get).toList())
                .toList();
    }

    /** The same of so many things, by their places. */
    public static List<List<Integer>> numbers(int size, int max, Random random) {
        List<Integer> own = IntStream.range(0, size).boxed().toList();
        long orders = 1;
        for (int i = 2; i <= size && orders <= max; i++) {
            orders *= i;
        }
        if (orders <= max) {
            return permutations(own);
        }
        List<List<Integer>> chosen = new ArrayList<>(List.of(own, own.reversed()));
        for (int one = 0; one < size; one++) {
            for (int other = one + 1; other < size; other++) {
                List<Integer> exchanged = new ArrayList<>(own);
                Collections.swap(exchanged, one, other);
                chosen.add(exchanged);
            }
        }
        while (chosen.size() < max) {
            List<Integer> drawn = new ArrayList<>(own);
            Collections.shuffle(drawn, random);
            chosen.add(drawn);
        }
        return chosen;
    }

    /** Every order of the numbers. */
    public static List<List<Integer>> permutations(List<Integer> numbers) {
        if (numbers.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : numbers) {
            List<Integer> rest = new ArrayList<>(numbers);
            rest.remove(first);
            for (List<Integer> tail : permutations(rest)) {
                List<Integer> one = new ArrayList<>(List.of(first));
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }
}
