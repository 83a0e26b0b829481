package dev.quittance.voucher.issue;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BinaryOperator;

/** Whose account is whose, and since when that is told. The newest word counts, in whatever order the words come. */
public record AccountHolder(UUID userId, String accountNumber, Instant toldAt) {
    /** One for each user, in an order in which two transactions cannot wait for each other. */
    static List<AccountHolder> newest(Collection<AccountHolder> holders) {
        Map<UUID, AccountHolder> newest = new TreeMap<>();
        BinaryOperator<AccountHolder> later = BinaryOperator.maxBy(
                Comparator.comparing(AccountHolder::toldAt).thenComparing(AccountHolder::accountNumber));
        holders.forEach(holder -> newest.merge(holder.userId(), holder, later));
        return List.copyOf(newest.values());
    }
}
