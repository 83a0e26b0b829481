package dev.quittance.messaging.offset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is applied is told to the broker until it knows, and never for a partition that is somebody else's. */
class AppliedOffsetsTest {
    private static final TopicPartition ONE = new TopicPartition("events", 1);
    private static final TopicPartition TWO = new TopicPartition("events", 2);

    private final AppliedOffsets offsets = new AppliedOffsets();

    @Test
    void whatIsOnlyReceivedIsNotCommitted() {
        // When
        offsets.received(ONE, 9);

        // Then
        assertThat(offsets.uncommitted()).isEmpty();
    }

    @Test
    void whatACommitCouldNotTellStaysToBeTold() {
        // Given
        applied(ONE, 9);
        applied(TWO, 4);

        // When: the first commit failed, nobody called committed()
        Map<TopicPartition, Long> again = offsets.uncommitted();

        // Then
        assertThat(again).containsOnly(Map.entry(ONE, 10L), Map.entry(TWO, 5L));

        // When
        offsets.committed(again);

        // Then
        assertThat(offsets.uncommitted()).isEmpty();
    }

    @Test
    void whatIsAppliedDuringACommitIsToldByTheNext() {
        // Given
        applied(ONE, 9);
        Map<TopicPartition, Long> due = offsets.uncommitted();

        // When
        applied(ONE, 19);
        offsets.committed(due);

        // Then
        assertThat(offsets.uncommitted()).containsOnly(Map.entry(ONE, 20L));
    }

    @Test
    void aPartitionThatLeavesTakesItsLastWordWithIt() {
        // Given
        applied(ONE, 9);
        applied(TWO, 4);

        // When
        Map<TopicPartition, Long> last = offsets.revoked(List.of(ONE));

        // Then
        assertThat(last).containsOnly(Map.entry(ONE, 10L));
        assertThat(offsets.uncommitted()).containsOnly(Map.entry(TWO, 5L));
    }

    @Test
    void aPollThatIsAppliedAfterItsPartitionLeftIsNotOursToCommit() {
        // Given
        offsets.received(ONE, 9);
        offsets.revoked(List.of(ONE));

        // When
        offsets.applied(ONE, 9);

        // Then
        assertThat(offsets.uncommitted()).isEmpty();

        // When: it came back, further on
        offsets.received(ONE, 29);
        offsets.applied(ONE, 9);

        // Then
        assertThat(offsets.uncommitted()).isEmpty();
    }

    private void applied(TopicPartition partition, long offset) {
        offsets.received(partition, offset);
        offsets.applied(partition, offset);
    }
}
