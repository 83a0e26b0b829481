package dev.quittance.localstack.simulator.payment;

/** What Stripe's test payment methods stand for, told by their names. */
enum TestMethod {
    GOOD_CARD,
    DECLINED_CARD,
    CHALLENGED_CARD,
    DEBIT;

    static TestMethod of(String id) {
        if (id.contains("chargeDeclined")) {
            return DECLINED_CARD;
        }
        if (id.contains("hreeDSecure") || id.contains("authenticationRequired")) {
            return CHALLENGED_CARD;
        }
        return id.contains("epa") || id.contains("BankAccount") ? DEBIT : GOOD_CARD;
    }
}
