package dev.quittance.provisioning.access;

import dev.quittance.contracts.provisioning.AccessChanged;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Derives the access of accounts anew and says where it became another. */
public final class AccessTellingHandler {
    private final AccessStore store = new AccessStore();
    private final Policy policy;

    public AccessTellingHandler(Policy policy) {
        this.policy = policy;
    }

    /** The changes, to be told in the same transaction. */
    public Uni<List<AccessChanged>> review(SqlConnection transaction, Set<String> numbers, Instant now) {
        if (numbers.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return store.lock(transaction, numbers)
                .chain(() -> store.told(transaction, numbers))
                .chain(told -> store.inputs(transaction, numbers).chain(inputs -> {
                    List<AccessChanged> changes = new ArrayList<>();
                    Map<String, Access> current = new HashMap<>();
                    Map<String, Long> revisions = new HashMap<>();
                    for (AccessInputs input : inputs) {
                        Access access = AccessRules.access(input, policy, now);
                        AccessStore.Told before = told.get(input.accountNumber());
                        long revision = before == null ? 0 : before.revision();
                        if (before == null || differs(before, access)) {
                            revision++;
                            changes.add(change(input, access, revision, now));
                        }
                        current.put(input.accountNumber(), access);
                        revisions.put(input.accountNumber(), revision);
                    }
                    return store.remember(transaction, current, revisions).replaceWith(changes);
                }));
    }

    /** What makes a change the only one of its kind. */
    public static String businessKey(AccessChanged change) {
        return "access:" + change.accountNumber() + ":" + change.revision();
    }

    private static boolean differs(AccessStore.Told before, Access access) {
        return before.granted() != access.active()
                || !Objects.equals(before.until(), access.until())
                || !before.reasons().equals(access.reasons());
    }

    private static AccessChanged change(AccessInputs input, Access access, long revision, Instant now) {
        return new AccessChanged(
                input.userId(),
                input.accountNumber(),
                access.active(),
                access.until(),
                access.reasons(),
                revision,
                now);
    }
}
