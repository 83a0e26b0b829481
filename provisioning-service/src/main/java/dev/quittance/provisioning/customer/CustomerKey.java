package dev.quittance.provisioning.customer;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A customer of one Stripe account.
 *
 * @param stripeAccount the connected account, or empty for the platform's own
 */
public record CustomerKey(String stripeAccount, String customerId) {
    private static final Pattern CUSTOMER_ID = Pattern.compile("cus_[a-zA-Z0-9]{1,250}");

    public CustomerKey {
        requireNonNull(stripeAccount, "stripeAccount is null");
        if (!isCustomerId(customerId)) {
            throw new IllegalArgumentException("not a customer id");
        }
    }

    public static boolean isCustomerId(String text) {
        return CUSTOMER_ID.matcher(text).matches();
    }

    /** What events wait for that need to know whose customer this is. */
    public String subject() {
        return "customer:" + stripeAccount + "/" + customerId;
    }

    /** What events wait for that must be certain whose it is: a checkout or the merchant said so, not an e-mail alone. */
    public String confirmedSubject() {
        return "confirmed:" + stripeAccount + "/" + customerId;
    }
}
