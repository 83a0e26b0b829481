package dev.quittance.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What comes without an event releases events all the same. */
class InboxArriveIT {
    @Test
    void appliesWhatWaitedAndLaysAsideWhatCannotBeApplied() throws Exception {
        try (Probe probe = new Probe()) {
            // Given
            Inbox<?> inbox = probe.inbox();
            probe.process(inbox, List.of(probe.event("e1", "need:x"), probe.event("poison", "need:x")));

            // When
            inbox.arrive(
                            Set.of("x"),
                            transaction -> transaction
                                    .query("insert into billing.brought values ('x')")
                                    .execute()
                                    .chain(() -> {
                                        Effects effects = new Effects();
                                        effects.arrived("x");
                                        return Uni.createFrom().item(effects);
                                    }))
                    .await()
                    .atMost(Duration.ofSeconds(20));

            // Then
            assertThat(probe.query("select event_id from billing.effects")).containsExactly("e1");
            assertThat(probe.query("select subject from billing.brought")).containsExactly("x");
            assertThat(probe.query("select event_id from billing.parked")).isEmpty();
        }
    }
}
