package dev.quittance.provisioning.inbox;

import static java.util.Objects.requireNonNull;

import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The accounts whose access a batch may have changed, each with the event that did it last, beside the batch's effects. */
final class Touched {
    private final Effects effects;
    private final Map<String, Incoming> accounts = new LinkedHashMap<>();

    Touched(Effects effects) {
        this.effects = requireNonNull(effects, "effects is null");
    }

    Effects effects() {
        return effects;
    }

    void add(String accountNumber, Incoming cause) {
        accounts.put(accountNumber, cause);
    }

    Set<String> accounts() {
        return accounts.keySet();
    }

    Incoming cause(String accountNumber) {
        return requireNonNull(accounts.get(accountNumber), "an account was not touched");
    }
}
