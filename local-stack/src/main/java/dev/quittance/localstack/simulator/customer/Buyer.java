package dev.quittance.localstack.simulator.customer;

import dev.quittance.localstack.simulator.rest.StripeFailure;

/** What a person types into the hosted page. */
public record Buyer(String email, String name) {
    public static final int TEXT_MAX = 320;

    public Buyer {
        if (email.length() > TEXT_MAX || !email.matches("[^@\\s]+@[^@\\s]+")) {
            throw StripeFailure.invalid("email_invalid", "email", "Invalid email address.");
        }
        if (name.length() > TEXT_MAX) {
            throw StripeFailure.invalid("parameter_invalid", "name", "Name too long.");
        }
    }
}
