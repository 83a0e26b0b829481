package dev.quittance.provisioning.realtime;

import dev.quittance.contracts.billing.BalanceChanged;
import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.provisioning.AccessChanged;
import dev.quittance.contracts.provisioning.SubscriptionChanged;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherRestored;
import dev.quittance.contracts.voucher.VoucherRevoked;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * How one thing stands. Of two states of a thing that with the greater revision stands, in whatever order they come.
 *
 * @param owner a user's id or an account number
 * @param json the event that said so
 */
record StreamState(String name, String key, String owner, long revision, String json, Instant occurredAt) {
    private static final long ISSUED = 0;
    private static final long REDEEMED = 1;

    /** Empty for what has no state that lasts. */
    static Optional<StreamState> of(DomainEvent event) {
        return switch (event) {
            case SubscriptionChanged told ->
                of("subscription", told.subscriptionId(), told.userId().toString(), told.revision(), event);
            case AccessChanged told ->
                of("access", told.accountNumber(), told.userId().toString(), told.revision(), event);
            case BalanceChanged told ->
                of("balance", told.userId() + ":" + told.unit(), told.userId().toString(), told.seq(), event);
            case OrderStatusChanged told ->
                of("order", told.orderId().toString(), told.userId().toString(), told.revision(), event);
            case VoucherIssued told -> of("voucher", told.voucherId().toString(), told.accountNumber(), ISSUED, event);
            case VoucherRedeemed told ->
                of("voucher", told.voucherId().toString(), told.accountNumber(), REDEEMED, event);
            case VoucherRevoked told ->
                of("voucher-revocation", told.voucherId().toString(), told.accountNumber(), told.revision(), event);
            case VoucherRestored told ->
                of("voucher-revocation", told.voucherId().toString(), told.accountNumber(), told.revision(), event);
            default -> Optional.empty();
        };
    }

    private static Optional<StreamState> of(String name, String key, String owner, long revision, DomainEvent event) {
        String json = new String(EventCodec.write(event), StandardCharsets.UTF_8);
        return Optional.of(new StreamState(name, key, owner, revision, typed(event.type(), json), event.occurredAt()));
    }

    /** The event with its own name in it, since one thing's states may be events of several types. */
    private static String typed(String type, String json) {
        return "{\"type\":\"" + type + "\"," + json.substring(1);
    }
}
