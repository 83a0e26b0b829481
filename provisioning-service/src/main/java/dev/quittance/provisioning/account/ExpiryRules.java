package dev.quittance.provisioning.account;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an account's expiry is. Time counts from when it starts, or from where the expiry is then when that is later; what is
 * taken back goes down to that moment and no further; what was taken is given back. All moves are folded in the order in
 * which they count, so that the order in which they are heard of makes no difference.
 */
public final class ExpiryRules {
    private static final Comparator<TimeMove> IN_TIME = Comparator.comparing(TimeMove::startsAt)
            .thenComparingInt(ExpiryRules::rank)
            .thenComparing(TimeMove::businessKey);

    private ExpiryRules() {}

    /** What became of a move. */
    public sealed interface Outcome {
        record Moved(Extension extension) implements Outcome {}

        /** It counted before. */
        record Known() implements Outcome {}

        record AccountUnknown() implements Outcome {}

        /** @param businessKey of the move that must come first */
        record Waits(String businessKey) implements Outcome {}
    }

    /**
     * @param lengths how long each giving turned out, in seconds
     * @param taken how much each taking found
     * @param owed how much each taking did not find
     * @param undone which taking each giving back undoes
     */
    record Folded(
            @Nullable Instant expiry,
            Map<String, Long> lengths,
            Map<String, Long> taken,
            Map<String, Long> owed,
            Map<String, String> undone) {}

    public static Outcome apply(TimeMove move, String eventId, Expiries expiries) {
        if (expiries.isCounted(move.businessKey())) {
            return new Outcome.Known();
        }
        Expiries.Account account = expiries.account(move.accountNumber());
        if (account == null) {
            return new Outcome.AccountUnknown();
        }
        String after = move.after();
        if (after != null
                && account.moves().stream()
                        .noneMatch(other -> other.businessKey().equals(after))) {
            return new Outcome.Waits(after);
        }
        Expiries.Account moved = account.moved(move, null);
        Folded folded = fold(account.base(), moved.moves());
        String key = move.businessKey();
        @Nullable String undone = folded.undone().get(key);
        Extension extension = new Extension(
                move,
                eventId,
                account.userId(),
                account.expiry(),
                folded.expiry(),
                folded.taken().getOrDefault(key, 0L),
                undone == null ? folded.owed().getOrDefault(key, 0L) : expiries.owed(undone),
                undone);
        expiries.add(extension);
        return new Outcome.Moved(extension);
    }

    /** Where the expiry is after all of the moves. */
    static Folded fold(@Nullable Instant base, Collection<TimeMove> moves) {
        Map<String, Long> lengths = new HashMap<>();
        Map<String, Long> taken = new HashMap<>();
        Map<String, Long> owed = new HashMap<>();
        Map<String, String> undone = new HashMap<>();
        Map<String, String> outstanding = new HashMap<>();
        Folded folded = new Folded(base, lengths, taken, owed, undone);
        List<TimeMove> ordered = moves.stream().sorted(IN_TIME).toList();
        @Nullable Instant expiry = base;
        for (TimeMove move : ordered) {
            expiry = switch (move.kind()) {
                case EXTEND -> {
                    Instant from = later(move.startsAt(), expiry);
                    Instant to = extended(from, move);
                    lengths.put(move.businessKey(), seconds(from, to));
                    yield to;
                }
                case TAKE -> {
                    if (expiry == null) {
                        yield null;
                    }
                    long left = Math.max(seconds(move.startsAt(), expiry), 0);
                    boolean isTakenAlready = outstanding.containsKey(target(move));
                    long length = isTakenAlready ? 0 : length(move, folded);
                    long takes = Math.min(length, left);
                    taken.put(move.businessKey(), takes);
                    owed.put(move.businessKey(), Math.max(length - takes, 0));
                    outstanding.putIfAbsent(target(move), move.businessKey());
                    yield expiry.minusSeconds(takes);
                }
                case GIVE -> {
                    @Nullable String take = outstanding.remove(target(move));
                    if (take == null) {
                        yield expiry;
                    }
                    undone.put(move.businessKey(), take);
                    long gives = taken.getOrDefault(take, 0L);
                    yield gives == 0 ? expiry : later(move.startsAt(), expiry).plusSeconds(gives);
                }
            };
        }
        return new Folded(expiry, lengths, taken, owed, undone);
    }

    /** What an expiry is without some of its moves, for access that is held back. */
    public static @Nullable Instant expiry(@Nullable Instant base, Collection<TimeMove> moves) {
        return fold(base, moves).expiry();
    }

    private static long length(TimeMove take, Folded folded) {
        return take.seconds() > 0 ? take.seconds() : folded.lengths().getOrDefault(target(take), 0L);
    }

    private static String target(TimeMove move) {
        return requireNonNull(move.target(), "a taking has no target");
    }

    private static Instant extended(Instant from, TimeMove move) {
        return from.atZone(ZoneOffset.UTC)
                .plusMonths(move.months())
                .plusDays(move.days())
                .plusSeconds(move.seconds())
                .toInstant();
    }

    /** A credit makes room for the time that begins with it. */
    private static int rank(TimeMove move) {
        return switch (move.kind()) {
            case TAKE -> move.seconds() > 0 ? 0 : 2;
            case EXTEND -> 1;
            case GIVE -> 3;
        };
    }

    private static long seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }

    private static Instant later(Instant moment, @Nullable Instant expiry) {
        return expiry != null && expiry.isAfter(moment) ? expiry : moment;
    }
}
