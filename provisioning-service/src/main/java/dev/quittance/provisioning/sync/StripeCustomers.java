package dev.quittance.provisioning.sync;

import static java.util.Objects.requireNonNull;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.sync.SyncStore.Contact;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Stripe's customers, asked on virtual threads and outside any transaction. A repeated call has its effect once. */
@ApplicationScoped
public class StripeCustomers {
    private static final int NOT_FOUND = 404;

    private final Optional<StripeClient> client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    StripeCustomers(StripeConfig config) {
        this.client = config.apiKey().map(key -> {
            StripeClient.StripeClientBuilder builder = StripeClient.builder()
                    .setApiKey(key)
                    .setMaxNetworkRetries(2)
                    .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                    .setReadTimeout(Math.toIntExact(config.readTimeout().toMillis()));
            config.apiBase().ifPresent(builder::setApiBase);
            return builder.build();
        });
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    /** What Stripe knows of a customer. */
    enum Standing {
        THERE,
        DELETED,
        UNKNOWN
    }

    /** Stripe gave no answer that helps; the call may be repeated. The message quotes nothing. */
    static final class NotNow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotNow(String code) {
            super(code, null, false, false);
        }
    }

    boolean isConfigured() {
        return client.isPresent();
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
        return call(() -> new CustomerKey(
                "", stripe().v1().customers().create(customer.build(), options).getId()));
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
        RequestOptions.RequestOptionsBuilder options = RequestOptions.builder()
                .setIdempotencyKey(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                        .toString());
        if (!customer.stripeAccount().isEmpty()) {
            options.setStripeAccount(customer.stripeAccount());
        }
        return call(() -> stripe().v1().customers().update(customer.customerId(), change.build(), options.build()))
                .replaceWithVoid();
    }

    Uni<Standing> look(CustomerKey customer) {
        RequestOptions.RequestOptionsBuilder options = RequestOptions.builder();
        if (!customer.stripeAccount().isEmpty()) {
            options.setStripeAccount(customer.stripeAccount());
        }
        return call(() -> {
            try {
                Customer found = stripe().v1().customers().retrieve(customer.customerId(), options.build());
                return Boolean.TRUE.equals(found.getDeleted()) ? Standing.DELETED : Standing.THERE;
            } catch (StripeException failure) {
                Integer status = failure.getStatusCode();
                if (status != null && status == NOT_FOUND) {
                    return Standing.UNKNOWN;
                }
                throw failure;
            }
        });
    }

    private StripeClient stripe() {
        return client.orElseThrow(() -> new NotNow("NO_KEY"));
    }

    private <T> Uni<T> call(Callable<T> call) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return requireNonNull(call.call());
                    } catch (StripeException failure) {
                        throw new NotNow("HTTP_" + failure.getStatusCode());
                    } catch (NotNow failure) {
                        throw failure;
                    } catch (Exception failure) {
                        // The client throws unchecked exceptions on answers that are not what it expects.
                        throw new NotNow(failure.getClass().getSimpleName());
                    }
                })
                .runSubscriptionOn(threads);
    }
}
