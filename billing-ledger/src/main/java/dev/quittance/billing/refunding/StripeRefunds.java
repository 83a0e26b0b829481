package dev.quittance.billing.refunding;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import dev.quittance.billing.lookup.LookupConfig;
import org.jspecify.annotations.Nullable;

/** Asks Stripe for a refund, blocking: to be called on a virtual thread and outside any transaction. Never throws. */
final class StripeRefunds {
    private static final int BAD_REQUEST = 400;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int NOT_FOUND = 404;

    private final StripeClient client;

    StripeRefunds(String apiKey, LookupConfig config) {
        StripeClient.StripeClientBuilder builder = StripeClient.builder()
                .setApiKey(apiKey)
                .setMaxNetworkRetries(0) // the table tries again, and survives us
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setReadTimeout(Math.toIntExact(config.readTimeout().toMillis()));
        config.apiBase().ifPresent(builder::setApiBase);
        this.client = builder.build();
    }

    RefundAnswer ask(RefundRequest request) {
        try {
            Refund refund = client.v1().refunds().create(parameters(request), options(request));
            @Nullable String status = refund.getStatus();
            return new RefundAnswer.Made(refund.getId(), status == null ? "unknown" : status);
        } catch (StripeException failure) {
            return refusal(failure);
        } catch (RuntimeException failure) {
            // The client throws unchecked exceptions on answers that are not what it expects.
            return new RefundAnswer.Unknown(failure.getClass().getSimpleName());
        }
    }

    /** Only what Stripe says of the request itself is final. */
    private static RefundAnswer refusal(StripeException failure) {
        Integer status = failure.getStatusCode();
        if (status == null) {
            return new RefundAnswer.Unknown("NO_ANSWER");
        }
        @Nullable String code = failure.getCode();
        return switch (status) {
            case BAD_REQUEST, PAYMENT_REQUIRED, NOT_FOUND ->
                new RefundAnswer.Refused(code == null ? "HTTP_" + status : code);
            default -> new RefundAnswer.Unknown("HTTP_" + status);
        };
    }

    private static RefundCreateParams parameters(RefundRequest request) {
        RefundCreateParams.Builder parameters = RefundCreateParams.builder();
        if (request.chargeId() != null) {
            parameters.setCharge(request.chargeId());
        }
        if (request.paymentIntentId() != null) {
            parameters.setPaymentIntent(request.paymentIntentId());
        }
        if (request.amountMinor() != null) {
            parameters.setAmount(request.amountMinor());
        }
        for (RefundCreateParams.Reason reason : RefundCreateParams.Reason.values()) {
            if (reason.getValue().equals(request.reason())) {
                parameters.setReason(reason);
            }
        }
        return parameters.build();
    }

    private static RequestOptions options(RefundRequest request) {
        RequestOptions.RequestOptionsBuilder options = RequestOptions.builder().setIdempotencyKey(request.stripeKey());
        return request.stripeAccount().isEmpty()
                ? options.build()
                : options.setStripeAccount(request.stripeAccount()).build();
    }
}
