package dev.quittance.provisioning.sync;

import static java.util.Objects.requireNonNull;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** How Stripe is called: on virtual threads and outside any transaction. */
@ApplicationScoped
public class StripeCalls {
    private static final int NOT_FOUND = 404;

    private final Optional<StripeClient> client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    StripeCalls(StripeConfig config) {
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

    /** Stripe gave no answer that helps; the call may be repeated. The message quotes nothing. */
    static final class NotNow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotNow(String code) {
            super(code, null, false, false);
        }
    }

    /** A question. */
    interface Call<T> {
        T ask(StripeClient stripe) throws Exception;
    }

    boolean isConfigured() {
        return client.isPresent();
    }

    <T> Uni<T> call(Call<T> call) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return requireNonNull(call.ask(client.orElseThrow(() -> new NotNow("NO_KEY"))));
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

    static RequestOptions.RequestOptionsBuilder of(String stripeAccount) {
        RequestOptions.RequestOptionsBuilder options = RequestOptions.builder();
        return stripeAccount.isEmpty() ? options : options.setStripeAccount(stripeAccount);
    }

    static boolean isNotFound(StripeException failure) {
        Integer status = failure.getStatusCode();
        return status != null && status == NOT_FOUND;
    }
}
