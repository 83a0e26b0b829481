package dev.quittance.provisioning.subscription;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A subscription that a batch speaks of: what was said of it before and now, and what the others were told. */
public final class Standing {
    private final SubscriptionKey key;
    private final UUID userId;
    private final String accountNumber;
    private final @Nullable String told;
    private final long revision;
    private final Map<String, Snapshot> states = new HashMap<>();
    private final List<Snapshot> added = new ArrayList<>();

    Standing(SubscriptionKey key, UUID userId, String accountNumber, @Nullable String told, long revision) {
        this.key = key;
        this.userId = userId;
        this.accountNumber = accountNumber;
        this.told = told;
        this.revision = revision;
    }

    /** Whose a subscription is. */
    public record Owner(UUID userId, String accountNumber) {}

    /** One that was not known. */
    public static Standing of(SubscriptionKey key, Owner owner) {
        return new Standing(key, owner.userId(), owner.accountNumber(), null, 0);
    }

    void load(Snapshot state) {
        states.put(state.eventId(), state);
    }

    public void add(Snapshot state) {
        if (states.putIfAbsent(state.eventId(), state) == null) {
            added.add(state);
        }
    }

    public SubscriptionKey key() {
        return key;
    }

    public UUID userId() {
        return userId;
    }

    public String accountNumber() {
        return accountNumber;
    }

    long revision() {
        return revision;
    }

    List<Snapshot> added() {
        return added;
    }

    Collection<Snapshot> states() {
        return states.values();
    }

    public Snapshot head() {
        return SubscriptionRules.head(states.values());
    }

    /** What the others were told last; null when nothing was. */
    @Nullable
    String told() {
        return told;
    }
}
