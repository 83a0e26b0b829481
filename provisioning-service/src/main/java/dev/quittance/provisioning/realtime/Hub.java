package dev.quittance.provisioning.realtime;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.realtime.KeptChanges.Told;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** This pod's open streams, and what it read of the topics. A change reaches the streams of those whose it is, and no other. */
@ApplicationScoped
public class Hub {
    private final StreamConfig config;
    private final AtomicInteger open;
    private final Map<UUID, Set<Connection>> byUser = new HashMap<>();
    private final Map<String, Set<Connection>> byAccount = new HashMap<>();
    private Positions positions = Positions.start(0);
    private KeptChanges kept = new KeptChanges(0, 0);

    Hub(StreamConfig config, MeterRegistry metrics) {
        this.config = requireNonNull(config, "config is null");
        this.open = requireNonNull(metrics.gauge("stream.connections", new AtomicInteger()));
    }

    /** One open stream. */
    static final class Connection {
        private final UUID user;
        private final Set<String> accounts = new LinkedHashSet<>();
        private final Positions from;
        private final Consumer<Told> sink;

        Connection(UUID user, @Nullable String account, Positions from, Consumer<Told> sink) {
            this.user = user;
            this.from = from;
            this.sink = sink;
            if (account != null) {
                accounts.add(account);
            }
        }

        private boolean isOf(Change change) {
            return change.users().contains(user) || change.accounts().stream().anyMatch(accounts::contains);
        }

        private void send(Told told) {
            // Another pod may have been ahead of this one: what it sent comes no second time.
            if (told.offset() >= from.at(told.partition())) {
                sink.accept(told);
            }
        }
    }

    /** Begins to read: where each partition starts. */
    synchronized void start(long[] offsets) {
        positions = new Positions(offsets);
        kept = new KeptChanges(offsets.length, config.keptMax());
        for (int partition = 0; partition < offsets.length; partition++) {
            kept.startAt(partition, offsets[partition]);
        }
    }

    synchronized Positions positions() {
        return positions;
    }

    synchronized Optional<Positions> read(@Nullable String lastEventId) {
        int partitions = positions.next().length;
        return partitions == 0 ? Optional.empty() : Positions.read(lastEventId, partitions);
    }

    /** A record was read; what it says is sent to whom it concerns. */
    synchronized void heard(int partition, long offset, Optional<Change> change) {
        positions = positions.after(partition, offset);
        if (change.isEmpty()) {
            return;
        }
        Told told = new Told(change.get(), partition, offset, positions);
        kept.add(told);
        Set<Connection> concerned = new LinkedHashSet<>();
        told.change().users().forEach(user -> concerned.addAll(byUser.getOrDefault(user, Set.of())));
        told.change().accounts().forEach(account -> concerned.addAll(byAccount.getOrDefault(account, Set.of())));
        learnAccounts(told.change());
        concerned.forEach(connection -> connection.send(told));
    }

    /** A user who had no account when the stream opened may have one now. */
    private void learnAccounts(Change change) {
        if (!change.name().equals("customer")) {
            return;
        }
        for (UUID user : change.users()) {
            for (Connection connection : byUser.getOrDefault(user, Set.of())) {
                for (String account : change.accounts()) {
                    connection.accounts.add(account);
                    byAccount
                            .computeIfAbsent(account, _ -> new LinkedHashSet<>())
                            .add(connection);
                }
            }
        }
    }

    /** Sends what came since the connection's positions and then what comes; false when too much was missed. */
    synchronized boolean connect(Connection connection) {
        Optional<List<Told>> missed = connection.from.next().length == positions.next().length
                ? kept.since(connection.from, connection::isOf)
                : Optional.empty();
        if (missed.isEmpty()) {
            return false;
        }
        byUser.computeIfAbsent(connection.user, _ -> new LinkedHashSet<>()).add(connection);
        connection.accounts.forEach(account ->
                byAccount.computeIfAbsent(account, _ -> new LinkedHashSet<>()).add(connection));
        open.incrementAndGet();
        missed.get().forEach(connection::send);
        return true;
    }

    synchronized void disconnect(Connection connection) {
        Set<Connection> own = byUser.getOrDefault(connection.user, new LinkedHashSet<>());
        if (own.remove(connection)) {
            open.decrementAndGet();
        }
        if (own.isEmpty()) {
            byUser.remove(connection.user);
        }
        for (String account : connection.accounts) {
            Set<Connection> those = byAccount.getOrDefault(account, new LinkedHashSet<>());
            those.remove(connection);
            if (those.isEmpty()) {
                byAccount.remove(account);
            }
        }
    }

    /** Whether everything since then is still kept. */
    synchronized boolean keeps(Positions from) {
        return from.next().length == positions.next().length
                && kept.since(from, _ -> false).isPresent();
    }

    synchronized boolean hasRoomFor(UUID user) {
        return open.get() < config.connectionsMax()
                && byUser.getOrDefault(user, Set.of()).size() < config.connectionsPerUserMax();
    }

    /** Everything that the hub holds of connections: nothing, once all are gone. */
    synchronized List<Integer> held() {
        return new ArrayList<>(List.of(open.get(), byUser.size(), byAccount.size()));
    }
}
