package dev.quittance.billing.buying;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.checkout.SessionCreateParams;
import dev.quittance.billing.lookup.LookupConfig;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Opens checkout sessions at Stripe, blocking: to be called on a virtual thread and outside any transaction. Never throws. */
final class StripeSessions {
    private static final int RETRIES = 2;
    private static final int BAD_REQUEST = 400;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int NOT_FOUND = 404;

    private final StripeClient client;
    private final CheckoutConfig config;

    StripeSessions(String apiKey, LookupConfig stripe, CheckoutConfig config) {
        StripeClient.StripeClientBuilder builder = StripeClient.builder()
                .setApiKey(apiKey)
                .setMaxNetworkRetries(RETRIES)
                .setConnectTimeout(Math.toIntExact(stripe.connectTimeout().toMillis()))
                .setReadTimeout(Math.toIntExact(config.timeout().toMillis()));
        stripe.apiBase().ifPresent(builder::setApiBase);
        this.client = builder.build();
        this.config = config;
    }

    SessionAnswer open(SessionRequest request) {
        try {
            Session session = client.v1()
                    .checkout()
                    .sessions()
                    .create(
                            parameters(request),
                            RequestOptions.builder()
                                    .setIdempotencyKey(request.stripeKey())
                                    .build());
            @Nullable String url = session.getUrl();
            return url == null ? new SessionAnswer.Unknown("NO_URL") : new SessionAnswer.Opened(session.getId(), url);
        } catch (StripeException failure) {
            return refusal(failure);
        } catch (RuntimeException failure) {
            // The client throws unchecked exceptions on answers that are not what it expects.
            return new SessionAnswer.Unknown(failure.getClass().getSimpleName());
        }
    }

    /** Closes a page. Of one that is closed already it says the same. */
    ExpiryAnswer expire(String sessionId) {
        try {
            return expiry(client.v1().checkout().sessions().expire(sessionId));
        } catch (StripeException failure) {
            return isFinal(failure) ? look(sessionId) : new ExpiryAnswer.Unknown();
        } catch (RuntimeException _) {
            return new ExpiryAnswer.Unknown();
        }
    }

    /** Stripe closes no page that is not open; which of the two ends it came to, the page says. */
    private ExpiryAnswer look(String sessionId) {
        try {
            return expiry(client.v1().checkout().sessions().retrieve(sessionId));
        } catch (StripeException | RuntimeException _) {
            return new ExpiryAnswer.Unknown();
        }
    }

    private static ExpiryAnswer expiry(Session session) {
        @Nullable String status = session.getStatus();
        if ("expired".equals(status)) {
            return new ExpiryAnswer.Closed();
        }
        return "complete".equals(status) ? new ExpiryAnswer.Bought() : new ExpiryAnswer.Unknown();
    }

    private static boolean isFinal(StripeException failure) {
        return refusal(failure) instanceof SessionAnswer.Refused;
    }

    /** Only what Stripe says of the request itself is final. */
    private static SessionAnswer refusal(StripeException failure) {
        Integer status = failure.getStatusCode();
        if (status == null) {
            return new SessionAnswer.Unknown("NO_ANSWER");
        }
        @Nullable String code = failure.getCode();
        return switch (status) {
            case BAD_REQUEST, PAYMENT_REQUIRED, NOT_FOUND ->
                new SessionAnswer.Refused(code == null ? "HTTP_" + status : code);
            default -> new SessionAnswer.Unknown("HTTP_" + status);
        };
    }

    private SessionCreateParams parameters(SessionRequest request) {
        SessionCreateParams.Builder parameters = SessionCreateParams.builder()
                .setMode(
                        request.isSubscription()
                                ? SessionCreateParams.Mode.SUBSCRIPTION
                                : SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl(config.successUrl())
                .setCancelUrl(config.cancelUrl())
                .setClientReferenceId(request.userId().toString())
                .setExpiresAt(request.expiresAt().getEpochSecond())
                .putAllMetadata(request.metadata());
        for (SessionRequest.Line line : request.lines()) {
            parameters.addLineItem(item(request, line));
        }
        if (request.customerId() != null) {
            parameters.setCustomer(request.customerId());
        } else if (!request.isSubscription()) {
            parameters.setCustomerCreation(SessionCreateParams.CustomerCreation.ALWAYS);
        }
        if (request.customerId() == null && request.email() != null) {
            parameters.setCustomerEmail(request.email());
        }
        if (request.isSubscription()) {
            parameters.setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                    .putMetadata("user_id", request.userId().toString())
                    .build());
        }
        return parameters.build();
    }

    private static SessionCreateParams.LineItem item(SessionRequest request, SessionRequest.Line line) {
        SessionCreateParams.LineItem.Builder item =
                SessionCreateParams.LineItem.builder().setQuantity((long) line.quantity());
        if (line.priceId() != null) {
            return item.setPrice(line.priceId()).build();
        }
        return item.setPriceData(SessionCreateParams.LineItem.PriceData.builder()
                        .setCurrency(request.currency().toLowerCase(Locale.ROOT))
                        .setUnitAmount(line.unitMinor())
                        .setProductData(SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                .setName(line.name())
                                .build())
                        .build())
                .build();
    }
}
