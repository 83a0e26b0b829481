package dev.quittance.billing.balance;

import dev.quittance.billing.inbox.Channels;
import dev.quittance.contracts.billing.BalanceChanged;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.event.UnreadableEvent;
import dev.quittance.contracts.topic.Headers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Tells Redis what was committed, from the topic on which our own outbox says it: so a process that died between its commit
 * and its write has lost nothing. Without an inbox: writing twice, or in any order, is writing the newest once.
 */
@ApplicationScoped
class BalanceConsumer {
    private static final Logger LOG = Logger.getLogger(BalanceConsumer.class);
    private static final String TYPE = BalanceChanged.class.getSimpleName();
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final BalanceCache cache;
    private final BalanceConfig config;

    BalanceConsumer(BalanceCache cache, BalanceConfig config) {
        this.cache = cache;
        this.config = config;
    }

    @Incoming(Channels.BILLING_EVENTS)
    Uni<Void> onBillingEvents(ConsumerRecords<String, byte[]> records) {
        Map<UUID, Map<String, UnitBalance>> newest = new LinkedHashMap<>();
        records.forEach(record -> note(record, newest));
        return Multi.createFrom()
                .iterable(newest.entrySet())
                .onItem()
                .transformToUni(
                        user -> write(user.getKey(), List.copyOf(user.getValue().values())))
                .merge(config.cacheConcurrency())
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** For ever: the place in the topic is the only memory of what Redis has not heard yet. */
    private Uni<Void> write(UUID user, List<UnitBalance> balances) {
        return Uni.createFrom()
                .deferred(() -> cache.write(user, balances, false))
                .onFailure()
                .retry()
                .withBackOff(PAUSE, config.cacheBackoffMax())
                .indefinitely();
    }

    private static void note(ConsumerRecord<String, byte[]> record, Map<UUID, Map<String, UnitBalance>> newest) {
        Header type = record.headers().lastHeader(Headers.CE_TYPE);
        if (type == null || !TYPE.equals(new String(type.value(), StandardCharsets.UTF_8))) {
            return;
        }
        try {
            if (EventCodec.read(TYPE, record.value()) instanceof BalanceChanged changed) {
                newest.computeIfAbsent(changed.userId(), _ -> new LinkedHashMap<>())
                        .merge(
                                changed.unit(),
                                new UnitBalance(changed.unit(), changed.balance(), changed.seq()),
                                (one, other) -> one.seq() >= other.seq() ? one : other);
            }
        } catch (UnreadableEvent _) {
            LOG.warnf(
                    "outcome=skipped topic=%s partition=%d offset=%d",
                    record.topic(), record.partition(), record.offset());
        }
    }
}
