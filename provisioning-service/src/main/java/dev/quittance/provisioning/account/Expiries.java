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

/** The accounts that a batch's vouchers name, and how far they move. */
public final class Expiries {
    private final Map<String, Account> accounts = new HashMap<>();
    private final Set<String> counted = new HashSet<>();
    private final List<Extension> extensions = new ArrayList<>();

    record Account(UUID userId, @Nullable Instant expiry) {}

    void load(String accountNumber, Account account) {
        accounts.put(accountNumber, account);
    }

    void loadCounted(String businessKey) {
        counted.add(businessKey);
    }

    @Nullable
    Account account(String accountNumber) {
        return accounts.get(accountNumber);
    }

    boolean isCounted(String businessKey) {
        return counted.contains(businessKey);
    }

    void extend(Extension extension) {
        counted.add(extension.cause().businessKey());
        accounts.put(extension.cause().accountNumber(), new Account(extension.userId(), extension.expiry()));
        extensions.add(extension);
    }

    List<Extension> extensions() {
        return extensions;
    }
}
