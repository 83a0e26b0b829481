package dev.quittance.provisioning.realtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The latest changes of each partition, for those who resume. Not safe for several threads by itself. */
final class KeptChanges {
    private final int keptMax;
    private final List<Deque<Kept>> partitions = new ArrayList<>();
    private final long[] keptFrom;
    private long count;

    private record Kept(long offset, long order, Told told) {}

    /**
     * A change as it is sent.
     *
     * @param partition where it was read
     * @param at how far the topics were read when it was
     */
    record Told(Change change, int partition, long offset, Positions at) {}

    KeptChanges(int partitions, int keptMax) {
        this.keptMax = keptMax;
        this.keptFrom = new long[partitions];
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ArrayDeque<>());
        }
    }

    /** Nothing before this offset of the partition was read. */
    void startAt(int partition, long offset) {
        keptFrom[partition] = offset;
    }

    void add(Told told) {
        Deque<Kept> kept = partitions.get(told.partition());
        kept.addLast(new Kept(told.offset(), count++, told));
        if (kept.size() > keptMax) {
            keptFrom[told.partition()] = kept.removeFirst().offset() + 1;
        }
    }

    /** What came since then, in the order in which it came; empty when some of it is not kept any more. */
    Optional<List<Told>> since(Positions positions, Predicate<Change> isWanted) {
        List<Kept> found = new ArrayList<>();
        for (int partition = 0; partition < keptFrom.length; partition++) {
            long next = positions.at(partition);
            if (next < keptFrom[partition]) {
                return Optional.empty();
            }
            partitions.get(partition).stream()
                    .filter(kept ->
                            kept.offset() >= next && isWanted.test(kept.told().change()))
                    .forEach(found::add);
        }
        return Optional.of(found.stream()
                .sorted((a, b) -> Long.compare(a.order(), b.order()))
                .map(Kept::told)
                .toList());
    }
}
