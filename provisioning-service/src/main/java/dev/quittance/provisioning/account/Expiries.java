package dev.quittance.provisioning.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The accounts that a batch moves, with everything that ever moved them. */
public final class Expiries {
    private final Map<String, Account> accounts = new HashMap<>();
    private final Set<String> counted = new HashSet<>();
    private final Map<String, Long> owed = new HashMap<>();
    private final List<Extension> extensions = new ArrayList<>();

    /**
     * @param base where the expiry stood before anything of ours moved it
     */
    record Account(
            UUID userId, @Nullable Instant base, @Nullable Instant expiry, List<TimeMove> moves) {
        Account moved(TimeMove move, @Nullable Instant to) {
            List<TimeMove> all = new ArrayList<>(moves);
            all.add(move);
            return new Account(userId, base, to, all);
        }
    }

    void load(String accountNumber, Account account) {
        accounts.put(accountNumber, account);
    }

    void loadCounted(String businessKey) {
        counted.add(businessKey);
    }

    void loadOwed(String businessKey, long seconds) {
        owed.put(businessKey, seconds);
    }

    /** What was told to be owed when the taking was booked; what it would be by now makes no difference. */
    long owed(String businessKey) {
        return owed.getOrDefault(businessKey, 0L);
    }

    @Nullable
    Account account(String accountNumber) {
        return accounts.get(accountNumber);
    }

    boolean isCounted(String businessKey) {
        return counted.contains(businessKey);
    }

    void add(Extension extension) {
        TimeMove move = extension.cause();
        counted.add(move.businessKey());
        if (move.kind() == TimeMove.Kind.TAKE) {
            owed.put(move.businessKey(), extension.owedSeconds());
        }
        accounts.computeIfPresent(move.accountNumber(), (_, account) -> account.moved(move, extension.expiry()));
        extensions.add(extension);
    }

    public List<Extension> extensions() {
        return extensions;
    }
}
