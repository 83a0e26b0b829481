package dev.quittance.voucher.issue;

import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.voucher.template.Template.Delivery;
import dev.quittance.voucher.template.TemplateStore;
import dev.quittance.voucher.template.Templates;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Issues for a batch of sales inside the transaction that received them. */
@Singleton
public final class IssueHandler {
    /** Most vouchers of one statement; a batch of more takes several. */
    private static final int ROWS_MAX = 5_000;

    private final Issuer issuer;
    private final IssueStore store;
    private final RedeemAtOnceStore atOnce;
    private final TemplateStore templates;
    private final InstantSource clock;
    private final Counter issued;

    IssueHandler(
            Issuer issuer,
            IssueStore store,
            RedeemAtOnceStore atOnce,
            TemplateStore templates,
            InstantSource clock,
            MeterRegistry metrics) {
        this.issuer = issuer;
        this.store = store;
        this.atOnce = atOnce;
        this.templates = templates;
        this.clock = clock;
        this.issued = metrics.counter("voucher.issued");
    }

    public Uni<Void> tellHolders(SqlConnection transaction, Collection<AccountHolder> holders) {
        return store.tellHolders(transaction, AccountHolder.newest(holders));
    }

    /** Lets the vouchers of these subscriptions refer to them, as far as provisioning has them. */
    public Uni<Void> referTo(SqlConnection transaction, Set<String> subscriptions) {
        return subscriptions.isEmpty() ? Uni.createFrom().voidItem() : store.referTo(transaction, subscriptions);
    }

    /**
     * What a batch of sales brought.
     *
     * @param bySale nothing for a sale that has its vouchers already
     * @param toRedeem those that go into their buyers' accounts at once
     */
    public record Issued(Map<Sale, List<VoucherIssued>> bySale, List<UUID> toRedeem) {}

    public Uni<Issued> issue(SqlConnection transaction, Collection<Sale> sales) {
        if (sales.stream().allMatch(sale -> sale.vouchers().isEmpty())) {
            return Uni.createFrom().item(new Issued(Map.of(), List.of()));
        }
        return templates
                .all(transaction)
                .chain(all -> write(transaction, sales, all))
                .call(() -> store.tellPaid(
                        transaction,
                        sales.stream().filter(sale -> sale.paidAnchor() != null).toList()))
                .invoke(all -> issued.increment(all.size()))
                .map(IssueHandler::sorted);
    }

    /** Redeems vouchers just issued, unless they are revoked or frozen by now. */
    public Uni<List<VoucherRedeemed>> redeem(SqlConnection transaction, List<UUID> vouchers) {
        return vouchers.isEmpty()
                ? Uni.createFrom().item(List.of())
                : atOnce.redeem(transaction, vouchers, clock.instant());
    }

    private Uni<List<IssuedVoucher>> write(SqlConnection transaction, Collection<Sale> sales, Templates all) {
        // Sorted, so that two transactions with the same sales wait for each other instead of deadlocking.
        List<IssuedVoucher> vouchers = sales.stream()
                .distinct()
                .sorted(Comparator.comparing(Sale::anchor))
                .flatMap(sale -> issuer.vouchers(sale, all).stream())
                .toList();
        Uni<List<IssuedVoucher>> written = Uni.createFrom().item(new ArrayList<>());
        for (int from = 0; from < vouchers.size(); from += ROWS_MAX) {
            List<IssuedVoucher> part = vouchers.subList(from, Math.min(from + ROWS_MAX, vouchers.size()));
            written = written.chain(done -> store.issue(transaction, part).map(ids -> with(done, part, ids)));
        }
        return written;
    }

    private static Issued sorted(List<IssuedVoucher> all) {
        return new Issued(
                all.stream()
                        .collect(Collectors.groupingBy(
                                IssuedVoucher::sale, Collectors.mapping(IssuedVoucher::event, Collectors.toList()))),
                all.stream()
                        .filter(voucher -> voucher.template().delivery() == Delivery.REDEEM)
                        .map(IssuedVoucher::id)
                        .toList());
    }

    private static List<IssuedVoucher> with(List<IssuedVoucher> all, List<IssuedVoucher> part, Set<UUID> ids) {
        part.stream().filter(voucher -> ids.contains(voucher.id())).forEach(all::add);
        return all;
    }
}
