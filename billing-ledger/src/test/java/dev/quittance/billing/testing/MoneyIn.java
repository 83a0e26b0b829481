package dev.quittance.billing.testing;

import dev.quittance.billing.testing.Events.Event;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.topic.Topics;
import java.time.Instant;
import java.util.UUID;

/** Events of money that comes in by invoice, and by charges that take their time. Each run has a customer of its own. */
public final class MoneyIn {
    private MoneyIn() {}

    /** Provisioning's word on whose the run's customer is. */
    public static Event customer(String name, UUID user) {
        CustomerProvisioned event = new CustomerProvisioned(
                user, "4000000000000002", "", "cus_" + name, null, Instant.ofEpochSecond(1_760_000_000L));
        return new Event(
                Topics.PROVISIONING_EVENTS, "p-cus-" + name, event.type(), user.toString(), EventCodec.write(event));
    }

    /**
     * @param type what follows {@code invoice.}
     * @param id what the invoice's id begins with
     * @param lines see {@link #line}
     */
    public static Event invoice(
            String type, String id, String name, String reason, long total, long paid, String more, String... lines) {
        return Events.stripe("evt_i_" + type + id + name, "invoice." + type, 5, """
                {"id":"%s_%s","object":"invoice","status":"paid","billing_reason":%s,"customer":"cus_%2$s","currency":"eur",
                 "total":%d,"amount_paid":%d,"created":1760000002,"subscription":"sub_%2$s"%s,
                 "lines":{"object":"list","has_more":false,"data":[%s]}}""".formatted(
                        id,
                        name,
                        reason.isEmpty() ? "null" : "\"" + reason + "\"",
                        total,
                        paid,
                        more.isEmpty() ? "" : "," + more,
                        String.join(",", lines)));
    }

    /** A line of a price of 10.00 EUR that gives 100 points, in the shape of before prices stood apart. */
    public static String line(String id, String name, long amount, boolean proration) {
        return line(id, name, amount, proration, 1000, 100);
    }

    public static String line(String id, String name, long amount, boolean proration, long unitAmount, long points) {
        return """
                {"id":"il_%s_%s","object":"line_item","amount":%d,"quantity":1,"proration":%b,
                 "price":{"id":"price_%1$s_%2$s","object":"price","unit_amount":%d,"metadata":{"points":"%d"},
                   "product":{"id":"prod_%2$s","object":"product","metadata":{}}}}""".formatted(id, name, amount, proration, unitAmount, points);
    }

    public static Event charge(String type, int second, String name, String fields) {
        return Events.stripe("evt_ch" + second + "_" + name, "charge." + type, second, """
                {"id":"ch_%s","object":"charge","amount":1500,"currency":"eur","payment_intent":"pi_%1$s",
                 "customer":"cus_1","created":1760000001,"balance_transaction":null,%s}""".formatted(name, fields));
    }

    public static Event intentSucceeded(int second, String name) {
        return Events.stripe("evt_pi" + second + "_" + name, "payment_intent.succeeded", second, """
                {"id":"pi_%s","object":"payment_intent","amount":1500,"amount_received":1500,"currency":"eur",
                 "status":"succeeded","customer":"cus_1","created":1760000000}""".formatted(name));
    }

    /** A session of 15.00 EUR that gives 500 points. */
    public static Event session(
            String type, int second, String name, String status, String paymentStatus, String more) {
        return Events.stripe("evt_cs" + second + "_" + name, "checkout.session." + type, second, """
                {"id":"cs_%s","object":"checkout.session","mode":"payment","status":"%s","payment_status":"%s",
                 "payment_intent":"pi_%1$s","customer":"cus_1","amount_total":1500,"currency":"eur","created":1760000000,
                 "metadata":{"points":"500","credits":"20","voucher_months":"3"}%s}""".formatted(
                        name, status, paymentStatus, more.isEmpty() ? "" : "," + more));
    }

    public static Event invoicePayment(String name) {
        return Events.stripe("evt_ip_" + name, "invoice_payment.paid", 5, """
                {"id":"inpay_%s","object":"invoice_payment","invoice":"in_%1$s",
                 "payment":{"type":"payment_intent","payment_intent":"pi_%1$s"},"status":"paid"}""".formatted(name));
    }

    /** A charge of a payment that pays so much of the run's invoice, in the shape of when charges named their invoice. */
    public static Event paymentOf(String id, String name, long amount, long captured) {
        return Events.stripe("evt_pay_" + id + name, "charge.succeeded", 1, """
                {"id":"ch_%1$s_%2$s","object":"charge","amount":%3$d,"amount_captured":%4$d,"amount_refunded":0,"currency":"eur",
                 "payment_intent":"pi_%1$s_%2$s","invoice":"in_%2$s","customer":"cus_%2$s","created":1760000001,"paid":true,
                 "captured":true,"status":"succeeded","balance_transaction":null}""".formatted(id, name, amount, captured));
    }

    public static Event payout(String name) {
        return Events.stripe("evt_po_" + name, "payout.paid", 5, """
                {"id":"po_%s","object":"payout","status":"paid","amount":123400,"currency":"eur","created":1760000000,
                 "arrival_date":1760000000,"automatic":true}""".formatted(name));
    }

    public static Event creditNote(String type, int second, String name, long amount, String status) {
        return Events.stripe(
                "evt_cn" + second + "_" + name, "credit_note." + type, second, """
                {"id":"cn_%s","object":"credit_note","invoice":"in_%1$s","amount":%d,"currency":"eur","type":"post_payment",
                 "status":"%s","created":1760000030,"refunds":[]}""".formatted(name, amount, status));
    }
}
