package dev.quittance.billing.testing;

import dev.quittance.billing.testing.Events.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Events of money that goes back, for a purchase of 15.00 EUR that gave 500 points and 20 credits. */
public final class MoneyBack {
    private static final String TERMS = "\"metadata\":{\"points\":\"500\",\"credits\":\"20\",\"voucher_months\":\"3\"}";

    private MoneyBack() {}

    /** The purchase's own events, as few as settle it, and others. */
    public static List<Event> purchaseAnd(String name, UUID user, Event... others) {
        List<Event> whole = Events.purchase(name, user, TERMS);
        List<Event> events = new ArrayList<>(List.of(whole.get(2), whole.get(3), whole.get(5)));
        events.addAll(Arrays.asList(others));
        return events;
    }

    /** @param second when it happened, which is also what makes the event's id */
    public static Event refund(String type, int second, String id, String name, long amount, String status) {
        return Events.stripe(
                "evt_r" + second + type + id + name, type, second, """
                {"id":"%s_%s","object":"refund","amount":%d,"currency":"eur","status":"%s","charge":"ch_%2$s",
                 "payment_intent":"pi_%2$s","created":1760000010}""".formatted(id, name, amount, status));
    }

    /** A refund in a payload that names the charge alone. */
    public static Event refundOfCharge(int second, String id, String name, long amount) {
        return Events.stripe(
                "evt_r" + second + "_" + id + name, "refund.created", second, """
                {"id":"%s_%s","object":"refund","amount":%d,"currency":"eur","status":"succeeded","charge":"ch_%2$s",
                 "payment_intent":null,"created":1760000010}""".formatted(id, name, amount));
    }

    /** The charge with what was refunded of it so far, and with the refunds as old payloads have them. */
    public static Event chargeRefunded(int second, String name, long refunded, String refunds) {
        return Events.stripe("evt_cr" + second + "_" + name, "charge.refunded", second, """
                {"id":"ch_%s","object":"charge","amount":1500,"amount_captured":1500,"amount_refunded":%d,
                 "currency":"eur","paid":true,"captured":true,"status":"succeeded","payment_intent":"pi_%1$s",
                 "customer":"cus_1","created":1760000001,"balance_transaction":null%3$s}""".formatted(
                        name,
                        refunded,
                        refunds.isEmpty() ? "" : ",\"refunds\":{\"object\":\"list\",\"data\":[" + refunds + "]}"));
    }

    /**
     * @param type what follows {@code charge.dispute.}
     * @param movements see {@link #movement}
     */
    public static Event dispute(
            String type, int second, String id, String name, long amount, String status, String... movements) {
        return disputeIn(type, second, id, name, amount, "eur", status, movements);
    }

    public static Event disputeIn(
            String type,
            int second,
            String id,
            String name,
            long amount,
            String currency,
            String status,
            String... movements) {
        return Events.stripe("evt_d" + second + type + id + name, "charge.dispute." + type, second, """
                {"id":"%s_%s","object":"dispute","amount":%d,"currency":"%s","status":"%s","reason":"fraudulent",
                 "charge":"ch_%2$s","payment_intent":"pi_%2$s","is_charge_refundable":false,"created":1760000020,
                 "balance_transactions":[%s]}""".formatted(
                        id, name, amount, currency, status, String.join(",", movements)));
    }

    public static String movement(String id, String name, long amount, long fee) {
        return """
                {"id":"txn_%s_%s","object":"balance_transaction","amount":%d,"fee":%d,"currency":"eur","created":1760000021}""".formatted(id, name, amount, fee);
    }

    public static Event warning(String type, int second, String name, boolean actionable) {
        return Events.stripe("evt_w" + second + "_" + name, "radar.early_fraud_warning." + type, second, """
                {"id":"issfr_%s","object":"radar.early_fraud_warning","charge":"ch_%1$s","payment_intent":"pi_%1$s",
                 "actionable":%b,"fraud_type":"misc","created":1760000020}""".formatted(
                        name, actionable));
    }

    public static Event review(String type, int second, String name, boolean open) {
        return Events.stripe("evt_v" + second + "_" + name, "review." + type, second, """
                {"id":"prv_%s","object":"review","charge":"ch_%1$s","payment_intent":"pi_%1$s","open":%b,
                 "reason":"rule","created":1760000020}""".formatted(name, open));
    }
}
