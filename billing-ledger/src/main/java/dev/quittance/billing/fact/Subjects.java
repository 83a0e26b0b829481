package dev.quittance.billing.fact;

import java.util.UUID;

/** What events wait for, spelt once. */
public final class Subjects {
    private Subjects() {}

    /** Whose the session is. */
    public static String identity(String account, String sessionId) {
        return "identity:" + account + "/" + sessionId;
    }

    /** That the intent's money moved. */
    public static String payment(String account, String paymentIntentId) {
        return "payment:" + account + "/" + paymentIntentId;
    }

    /** That the charge is known, and with it its intent. */
    public static String charge(String account, String chargeId) {
        return "charge:" + account + "/" + chargeId;
    }

    /** Whose the customer is. */
    public static String customer(String account, String customerId) {
        return "customer:" + account + "/" + customerId;
    }

    /** What the invoice billed. */
    public static String invoiceLines(String account, String invoiceId) {
        return "invoice_lines:" + account + "/" + invoiceId;
    }

    /** What the session sold. */
    public static String lines(String account, String sessionId) {
        return "lines:" + account + "/" + sessionId;
    }

    /** That the order is written. */
    public static String order(UUID orderId) {
        return "order:" + orderId;
    }

    /** Whether a session or an invoice made the payment. */
    public static String intentOwner(String account, String paymentIntentId) {
        return "intent_owner:" + account + "/" + paymentIntentId;
    }

    /** A person's decision. */
    public static String operator(String about) {
        return "operator:" + about;
    }
}
