package dev.quittance.voucher.inbox;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.voucher.inbox.VoucherFact.HolderKnown;
import dev.quittance.voucher.inbox.VoucherFact.PurchaseSettled;
import dev.quittance.voucher.issue.IssueHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One transaction for all the events of a poll, of both topics. */
@Singleton
final class VoucherEventsHandler implements BatchHandler<VoucherFact> {
    private final IssueHandler issue;

    VoucherEventsHandler(IssueHandler issue) {
        this.issue = issue;
    }

    @Override
    public Reading<VoucherFact> read(Incoming incoming) {
        return VoucherFactRules.read(incoming);
    }

    @Override
    public Uni<Effects> apply(SqlConnection transaction, List<Delivered<VoucherFact>> batch) {
        Map<PaymentSettled, Incoming> purchases = new LinkedHashMap<>();
        for (Delivered<VoucherFact> delivered : batch) {
            switch (delivered.fact()) {
                case PurchaseSettled(PaymentSettled purchase) -> purchases.putIfAbsent(purchase, delivered.incoming());
                case HolderKnown known -> {
                    // Tells whose the account is, as a purchase does too.
                }
            }
        }
        return issue.tellHolders(
                        transaction,
                        batch.stream()
                                .map(delivered -> VoucherFactRules.holder(delivered.fact()))
                                .toList())
                .chain(() -> issue.issue(transaction, purchases.keySet()))
                .map(issued -> effects(purchases, issued));
    }

    private static Effects effects(
            Map<PaymentSettled, Incoming> purchases, Map<PaymentSettled, List<VoucherIssued>> issued) {
        Effects effects = new Effects();
        purchases.forEach((purchase, cause) -> {
            for (VoucherIssued event : issued.getOrDefault(purchase, List.of())) {
                effects.emit(cause, event, "voucher:" + event.anchor() + ":" + event.unit());
            }
        });
        return effects;
    }
}
