package dev.quittance.billing.testing;

import dev.quittance.billing.testing.Events.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A random history of a few users: purchases, refunds that succeed or fail, disputes that are won, lost or left open, and
 * spending and expiry in between. Events come late, twice and out of order; what spending succeeds divides the history into parts.
 */
public final class History {
    private static final int USERS = 4;
    private static final int PURCHASES_MAX = 6;

    private final Random random;
    private final List<UUID> users = new ArrayList<>();
    private final List<String> bought = new ArrayList<>();
    private int number;

    public History(Random random) {
        this.random = random;
        for (int i = 0; i < USERS; i++) {
            users.add(new UUID(random.nextLong(), random.nextLong()));
        }
    }

    /** A wish to spend so many points. */
    public record Spending(UUID user, long points, String key) {}

    /** Everybody in it. */
    public List<UUID> users() {
        return List.copyOf(users);
    }

    /** The events of the next stretch of time, already out of order and some of them twice. */
    public List<Event> part() {
        List<Event> events = new ArrayList<>();
        for (int i = 1 + random.nextInt(PURCHASES_MAX); i > 0; i--) {
            String name = "7770%08d".formatted(number++);
            bought.add(name);
            events.addAll(MoneyBack.purchaseAnd(name, users.get(random.nextInt(USERS))));
        }
        for (String name : bought) {
            switch (random.nextInt(8)) {
                case 0 -> refund(events, name, 100L * (1 + random.nextInt(15)), "succeeded");
                case 1 -> refund(events, name, 1500, "failed");
                case 2 -> dispute(events, name, "won");
                case 3 -> dispute(events, name, "lost");
                case 4 -> dispute(events, name, "under_review");
                default -> {}
            }
        }
        return shuffled(events);
    }

    /** The same in another order, with other repetitions. */
    public List<Event> shuffled(List<Event> events) {
        List<Event> shuffled = new ArrayList<>(events);
        events.stream().filter(_ -> random.nextInt(3) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    public Spending spending() {
        return new Spending(
                users.get(random.nextInt(USERS)), 1 + random.nextInt(700), "spend:" + random.nextLong(Long.MAX_VALUE));
    }

    private void refund(List<Event> events, String name, long amount, String end) {
        String id = "re_" + number++;
        events.add(MoneyBack.refund("refund.created", 11, id, name, amount, "pending"));
        events.add(MoneyBack.refund("refund.updated", 12, id, name, amount, end));
    }

    private void dispute(List<Event> events, String name, String end) {
        String id = "dp_" + number++;
        long amount = 100L * (1 + random.nextInt(15));
        String out = MoneyBack.movement("out" + id, name, -amount, 1500);
        events.add(MoneyBack.dispute("created", 21, id, name, amount, "needs_response"));
        events.add(MoneyBack.dispute("funds_withdrawn", 22, id, name, amount, "needs_response", out));
        if (end.equals("won")) {
            String in = MoneyBack.movement("in" + id, name, amount, 0);
            events.add(MoneyBack.dispute("funds_reinstated", 33, id, name, amount, "won", out, in));
        }
        events.add(
                MoneyBack.dispute(end.equals("under_review") ? "updated" : "closed", 31, id, name, amount, end, out));
    }
}
