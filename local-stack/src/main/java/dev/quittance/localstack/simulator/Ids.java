package dev.quittance.localstack.simulator;

import java.util.random.RandomGenerator;

/** Makes ids of the form and length that Stripe's have. The same generator in the same state makes the same ids. */
final class Ids {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LONG = 23;
    private static final int SHORT = 14;
    private static final int SESSION = 58;

    private final RandomGenerator random;

    Ids(RandomGenerator random) {
        this.random = random;
    }

    String customer() {
        return "cus_" + letters(SHORT);
    }

    String product() {
        return "prod_" + letters(SHORT);
    }

    String price() {
        return "price_1" + letters(LONG);
    }

    String session() {
        return "cs_test_a1" + letters(SESSION);
    }

    String lineItem() {
        return "li_1" + letters(LONG);
    }

    String paymentIntent() {
        return "pi_3" + letters(LONG);
    }

    String paymentMethod() {
        return "pm_1" + letters(LONG);
    }

    String charge() {
        return "ch_3" + letters(LONG);
    }

    String balanceTransaction() {
        return "txn_3" + letters(LONG);
    }

    String event() {
        return "evt_1" + letters(LONG);
    }

    String request() {
        return "req_" + letters(SHORT);
    }

    String secret() {
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
