package dev.quittance.provisioning.access;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.account.TimeMove;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that access is derived from.
 *
 * @param base where the expiry stood before anything of ours moved it
 * @param holds why payments of the account are in doubt
 * @param cardTrials of subscriptions with a trial: how many trials of others by the same card began before
 */
public record AccessInputs(
        UUID userId,
        String accountNumber,
        String status,
        boolean isMarkedInactive,
        @Nullable Instant base,
        List<TimeMove> moves,
        List<Subscribed> subscriptions,
        List<String> holds,
        Map<String, Long> cardTrials) {
    public AccessInputs {
        requireNonNull(userId, "userId is null");
        requireNonNull(accountNumber, "accountNumber is null");
        requireNonNull(status, "status is null");
        moves = List.copyOf(moves);
        subscriptions = List.copyOf(subscriptions);
        holds = List.copyOf(holds);
        cardTrials = Map.copyOf(cardTrials);
    }

    /** Of a user whose cards nobody else tried anything with. */
    AccessInputs(
            UUID userId,
            String accountNumber,
            String status,
            boolean isMarkedInactive,
            @Nullable Instant base,
            List<TimeMove> moves,
            List<Subscribed> subscriptions,
            List<String> holds) {
        this(userId, accountNumber, status, isMarkedInactive, base, moves, subscriptions, holds, Map.of());
    }
}
