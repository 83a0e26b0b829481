package dev.quittance.provisioning.customer;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * By what a customer's card is known again when another customer brings it.
 *
 * @param print a digest: whoever reads it learns nothing of the card
 */
public record CardPrint(CustomerKey customer, String print) {
    public CardPrint {
        requireNonNull(customer, "customer is null");
        requireNonNull(print, "print is null");
    }

    public static CardPrint of(CustomerKey customer, String fingerprint) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((customer.stripeAccount() + "/" + fingerprint).getBytes(StandardCharsets.UTF_8));
            return new CardPrint(customer, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
