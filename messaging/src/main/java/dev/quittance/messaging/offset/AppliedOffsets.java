package dev.quittance.messaging.offset;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each of our partitions is applied, and how far the broker knows. What a commit could not tell stays to be told, so that a
 * commit that fell into a rebalance never leaves a lag behind that is none. Polls must be applied in the order in which they came.
 */
final class AppliedOffsets {
    private final Map<TopicPartition, Progress> partitions = new HashMap<>();

    /**
     * One stay of a partition with us.
     *
     * @param first the first offset that this stay brought; an answer to anything before it belongs to an earlier stay
     * @param next the offset to go on from after what is applied; at most {@code committed} when nothing is
     */
    private record Progress(long first, long next, long committed) {
        private Progress applied(long offset) {
            return offset < first ? this : new Progress(first, Math.max(next, offset + 1), committed);
        }

        private Progress committed(long offset) {
            return new Progress(first, next, Math.max(committed, offset));
        }
    }

    synchronized void received(TopicPartition partition, long offset) {
        partitions.computeIfAbsent(partition, _ -> new Progress(offset, 0, 0));
    }

    /** What was taken from us meanwhile is its new owner's to commit: ours would set it back. */
    synchronized void applied(TopicPartition partition, long offset) {
        partitions.computeIfPresent(partition, (_, progress) -> progress.applied(offset));
    }

    /** The offsets to go on from that the broker does not know yet. */
    synchronized Map<TopicPartition, Long> uncommitted() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach((partition, progress) -> {
            if (progress.next() > progress.committed()) {
                offsets.put(partition, progress.next());
            }
        });
        return offsets;
    }

    synchronized void committed(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) ->
                partitions.computeIfPresent(partition, (_, progress) -> progress.committed(offset)));
    }

    /** Forgets partitions that go to somebody else, and says what is to be committed before they do. */
    synchronized Map<TopicPartition, Long> revoked(Collection<TopicPartition> gone) {
        Map<TopicPartition, Long> last = uncommitted();
        last.keySet().retainAll(gone);
        partitions.keySet().removeAll(gone);
        return last;
    }
}
