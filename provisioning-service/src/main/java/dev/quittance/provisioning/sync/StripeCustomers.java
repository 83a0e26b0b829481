package dev.quittance.provisioning.sync;

import static java.util.Objects.requireNonNull;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.sync.SyncStore.Contact;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stripe's customers. A repeated call has its effect once. */
@ApplicationScoped
public class StripeCustomers {
    private final StripeCalls calls;

    StripeCustomers(StripeCalls calls) {
        this.calls = requireNonNull(calls, "calls is null");
    }

    /** What Stripe knows of a customer. */
    enum Standing {
        THERE,
        DELETED,
        UNKNOWN
    }

    boolean isConfigured() {
        return calls.isConfigured();
    }

    /**
     * Makes the user's customer.
     *
     * @param number counts the customers that the user had, so that a new one is made once the old one is deleted
     */
    Uni<CustomerKey> create(UUID userId, @Nullable Contact contact, long number) {
        CustomerCreateParams.Builder customer =
                CustomerCreateParams.builder().putMetadata("user_id", userId.toString());
        if (contact != null && contact.email() != null) {
            customer.setEmail(contact.email());
        }
        if (contact != null && contact.name() != null) {
            customer.setName(contact.name());
        }
        RequestOptions options = RequestOptions.builder()
                .setIdempotencyKey("quittance-customer-" + userId + "-" + number)
                .build();
        return calls.call(stripe -> new CustomerKey(
                "", stripe.v1().customers().create(customer.build(), options).getId()));
    }

    /** Tells Stripe what the user is called and reached by now. */
    Uni<Void> update(CustomerKey customer, Contact contact) {
        CustomerUpdateParams.Builder change = CustomerUpdateParams.builder();
        if (contact.email() != null) {
            change.setEmail(contact.email());
        }
        if (contact.name() != null) {
            change.setName(contact.name());
        }
        String key = customer.customerId() + contact.email() + contact.name() + contact.pushedAs();
        RequestOptions options = StripeCalls.of(customer.stripeAccount())
                .setIdempotencyKey(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .build();
        return calls.call(stripe -> stripe.v1().customers().update(customer.customerId(), change.build(), options))
                .replaceWithVoid();
    }

    Uni<Standing> look(CustomerKey customer) {
        RequestOptions options = StripeCalls.of(customer.stripeAccount()).build();
        return calls.call(stripe -> {
            try {
                Customer found = stripe.v1().customers().retrieve(customer.customerId(), options);
                return Boolean.TRUE.equals(found.getDeleted()) ? Standing.DELETED : Standing.THERE;
            } catch (StripeException failure) {
                if (StripeCalls.isNotFound(failure)) {
                    return Standing.UNKNOWN;
                }
                throw failure;
            }
        });
    }
}
