package dev.quittance.messaging.inbox;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * One channel's way into the inbox. A poll is read while the one before it is applied, so that we do not wait for Postgres with
 * our hands in our lap, nor Postgres for us; they are applied one after the other, and each is acknowledged after its own commit.
 */
public final class Lane<F> {
    private final Inbox<F> inbox;
    private final Runnable afterEach;
    // A bare signal: what it led to would hold on to every poll there ever was.
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
    private boolean isClosed;

    Lane(Inbox<F> inbox, Runnable afterEach) {
        this.inbox = inbox;
        this.afterEach = afterEach;
    }

    /**
     * Completes when the next poll may be handed in: this one is read, and the one before it is applied. So at most two polls are in
     * memory. Must not be called again before that.
     *
     * @return fails when a poll could not be applied, after which the channel stops and nothing later is acknowledged
     */
    public Uni<Void> take(Message<ConsumerRecords<String, byte[]>> poll) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> turn;
        synchronized (this) {
            if (isClosed) {
                return Uni.createFrom().nothing();
            }
            turn = before;
            before = done;
        }
        Uni<Inbox.Poll<F>> reading = Uni.createFrom()
                .item(() -> inbox.read(poll.getPayload()))
                // Not on the event loop: Postgres' answers for the poll before come in there.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .memoize()
                .indefinitely();
        // Begun now and not when somebody asks for it; whoever comes next learns of its failure by waiting for it.
        reading.chain(read -> when(turn).chain(() -> inbox.apply(read)))
                .invoke(afterEach)
                .onItemOrFailure()
                .transformToUni((_, failure) -> settle(poll, failure))
                .subscribe()
                .with(done::complete, done::completeExceptionally);
        return reading.chain(() -> when(turn));
    }

    /**
     * Takes nothing more: a poll that comes now is never acknowledged, and so comes again to whoever takes over.
     *
     * @return when what was taken is applied; fails as the last of it did
     */
    synchronized CompletableFuture<Void> close() {
        isClosed = true;
        return before.copy();
    }

    /** A copy: whoever stops waiting must not end what the others wait for. */
    private static Uni<Void> when(CompletableFuture<Void> turn) {
        return Uni.createFrom().completionStage(turn.copy());
    }

    private static Uni<Void> settle(Message<?> poll, @Nullable Throwable failure) {
        if (failure == null) {
            return Uni.createFrom().completionStage(poll.ack());
        }
        return Uni.createFrom()
                .completionStage(poll.nack(failure))
                .chain(() -> Uni.createFrom().failure(failure));
    }
}
