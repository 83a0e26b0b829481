package dev.quittance.voucher.issue;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.voucher.VoucherIssued;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Issues for a batch of purchases inside the transaction that received them. */
@Singleton
public final class IssueHandler {
    /** Most vouchers of one statement; a batch of more takes several. */
    private static final int ROWS_MAX = 5_000;

    private final Issuer issuer;
    private final IssueStore store;
    private final Counter issued;

    IssueHandler(Issuer issuer, IssueStore store, MeterRegistry metrics) {
        this.issuer = issuer;
        this.store = store;
        this.issued = metrics.counter("voucher.issued");
    }

    public Uni<Void> tellHolders(SqlConnection transaction, Collection<AccountHolder> holders) {
        return store.tellHolders(transaction, AccountHolder.newest(holders));
    }

    /** What was issued, by the purchase that it was issued for: nothing for a purchase that has its vouchers already. */
    public Uni<Map<PaymentSettled, List<VoucherIssued>>> issue(
            SqlConnection transaction, Collection<PaymentSettled> purchases) {
        // Sorted, so that two transactions with the same purchases wait for each other instead of deadlocking.
        List<IssuedVoucher> vouchers = purchases.stream()
                .distinct()
                .sorted(Comparator.comparing(PaymentSettled::anchor))
                .flatMap(purchase -> issuer.vouchers(purchase).stream())
                .toList();
        Uni<List<IssuedVoucher>> written = Uni.createFrom().item(new ArrayList<>());
        for (int from = 0; from < vouchers.size(); from += ROWS_MAX) {
            List<IssuedVoucher> part = vouchers.subList(from, Math.min(from + ROWS_MAX, vouchers.size()));
            written = written.chain(all -> store.issue(transaction, part).map(ids -> with(all, part, ids)));
        }
        return written.invoke(all -> issued.increment(all.size()))
                .map(all -> all.stream()
                        .collect(Collectors.groupingBy(
                                IssuedVoucher::purchase,
                                Collectors.mapping(IssuedVoucher::event, Collectors.toList()))));
    }

    private static List<IssuedVoucher> with(List<IssuedVoucher> all, List<IssuedVoucher> part, Set<UUID> ids) {
        part.stream().filter(voucher -> ids.contains(voucher.id())).forEach(all::add);
        return all;
    }
}
