package dev.quittance.localstack.simulator.rest;

import java.util.random.RandomGenerator;

/** Makes ids of the form and length that Stripe's have. The same generator in the same state makes the same ids. */
public final class Ids {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LONG = 23;
    private static final int SHORT = 14;
    private static final int SESSION = 58;

    private final RandomGenerator random;

    public Ids(RandomGenerator random) {
        this.random = random;
    }

    public String customer() {
        return "cus_" + letters(SHORT);
    }

    public String product() {
        return "prod_" + letters(SHORT);
    }

    public String price() {
        return "price_1" + letters(LONG);
    }

    public String session() {
        return "cs_test_a1" + letters(SESSION);
    }

    public String lineItem() {
        return "li_1" + letters(LONG);
    }

    public String paymentIntent() {
        return "pi_3" + letters(LONG);
    }

    public String paymentMethod() {
        return "pm_1" + letters(LONG);
    }

    public String charge() {
        return "ch_3" + letters(LONG);
    }

    public String balanceTransaction() {
        return "txn_3" + letters(LONG);
    }

    public String invoice() {
        return "in_1" + letters(LONG);
    }

    public String invoiceLine() {
        return "il_1" + letters(LONG);
    }

    public String invoiceItem() {
        return "ii_1" + letters(LONG);
    }

    public String invoicePayment() {
        return "inpay_1" + letters(LONG);
    }

    public String subscription() {
        return "sub_1" + letters(LONG);
    }

    public String subscriptionItem() {
        return "si_" + letters(SHORT);
    }

    public String setupIntent() {
        return "seti_1" + letters(LONG);
    }

    public String coupon() {
        return letters(8);
    }

    public String discount() {
        return "di_1" + letters(LONG);
    }

    public String taxRate() {
        return "txr_1" + letters(LONG);
    }

    public String creditNote() {
        return "cn_1" + letters(LONG);
    }

    public String creditNoteLine() {
        return "cnli_1" + letters(LONG);
    }

    public String refund() {
        return "re_3" + letters(LONG);
    }

    public String dispute() {
        return "dp_1" + letters(LONG);
    }

    public String fraudWarning() {
        return "issfr_1" + letters(LONG);
    }

    public String webhookEndpoint() {
        return "we_1" + letters(LONG);
    }

    public String payout() {
        return "po_1" + letters(LONG);
    }

    public String event() {
        return "evt_1" + letters(LONG);
    }

    public String request() {
        return "req_" + letters(SHORT);
    }

    public String secret() {
        return letters(LONG);
    }

    private String letters(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
