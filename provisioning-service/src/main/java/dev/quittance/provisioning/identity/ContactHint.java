package dev.quittance.provisioning.identity;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.HintPlace;
import dev.quittance.provisioning.customer.Noted;
import dev.quittance.provisioning.customer.Stamp;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail that stands on an invoice, a charge or a card: what is left of whoever says nothing better.
 *
 * @param reference the customer; of a guest the payment or the invoice
 * @param email normalised
 */
public record ContactHint(String stripeAccount, String reference, HintPlace place, String email, Stamp stamp) {
    public ContactHint {
        requireNonNull(stripeAccount, "stripeAccount is null");
        requireNonNull(reference, "reference is null");
        requireNonNull(place, "place is null");
        requireNonNull(email, "email is null");
        requireNonNull(stamp, "stamp is null");
    }

    /** Null for a guest's. */
    @Nullable
    CustomerKey customer() {
        return CustomerKey.isCustomerId(reference) ? new CustomerKey(stripeAccount, reference) : null;
    }

    Noted noted() {
        return new Noted(email, stamp);
    }

    public Reference key() {
        return new Reference(stripeAccount, reference);
    }

    /** What must not be decided elsewhere while this is. */
    public Set<String> subjects() {
        CustomerKey customer = customer();
        return Set.of(customer == null ? key().subject() : customer.subject(), "email:" + email);
    }

    /** An id by which somebody's e-mail may be found. */
    public record Reference(String stripeAccount, String id) {
        public String subject() {
            return "contact:" + stripeAccount + "/" + id;
        }
    }
}
