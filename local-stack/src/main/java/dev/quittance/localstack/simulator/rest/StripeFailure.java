package dev.quittance.localstack.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A request refused the way Stripe refuses it, so that a caller's error handling meets the real shape. */
public final class StripeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final @Nullable String param;
    private final @Nullable String charge;

    private StripeFailure(int status, String type, @Nullable String code, @Nullable String param, String message) {
        this(status, type, code, param, null, message);
    }

    private StripeFailure(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            @Nullable String charge,
            String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
        this.charge = charge;
    }

    public static StripeFailure missing(String param) {
        return invalid("parameter_missing", param, "Missing required param: " + param + ".");
    }

    public static StripeFailure invalid(String code, String param, String message) {
        return new StripeFailure(400, "invalid_request_error", code, param, message);
    }

    /** The card was declined, which left this charge. */
    public static StripeFailure declined(String charge, String message) {
        return new StripeFailure(402, "card_error", "card_declined", null, charge, message);
    }

    /** Stripe's own trouble: too many requests, or something that broke there. */
    static StripeFailure ofStripe(int status) {
        return status == 429
                ? new StripeFailure(status, "invalid_request_error", "rate_limit", null, "Too many requests.")
                : new StripeFailure(status, "api_error", null, null, "An error occurred within Stripe's systems.");
    }

    /** A refusal that no single parameter is to blame for. */
    public static StripeFailure refused(@Nullable String code, String message) {
        return new StripeFailure(400, "invalid_request_error", code, null, message);
    }

    public static StripeFailure noSuch(String object, String id, String param) {
        return new StripeFailure(
                404, "invalid_request_error", "resource_missing", param, "No such " + object + ": '" + id + "'");
    }

    public static StripeFailure wrongKey() {
        return new StripeFailure(401, "invalid_request_error", null, null, "Invalid API Key provided.");
    }

    public static StripeFailure unknownUrl(String method, String path) {
        return new StripeFailure(
                404, "invalid_request_error", null, null, "Unrecognized request URL (" + method + ": " + path + ").");
    }

    public static StripeFailure otherIdempotentRequest(String key) {
        return new StripeFailure(
                400,
                "idempotency_error",
                null,
                null,
                "Keys for idempotent requests can only be used with the same parameters they were first used with."
                        + " Key: "
                        + key);
    }

    /** A declined card leaves a charge and events; every other refusal comes before anything happens. */
    boolean hasDoneSomething() {
        return status == 402;
    }

    public int status() {
        return status;
    }

    public ObjectNode body() {
        ObjectNode body = Shapes.empty();
        ObjectNode error = body.putObject("error");
        if (code != null) {
            error.put("code", code);
            error.put("doc_url", "https://docs.stripe.com/error-codes/" + code.replace('_', '-'));
        }
        error.put("message", getMessage());
        if (param != null) {
            error.put("param", param);
        }
        if (charge != null) {
            error.put("charge", charge);
            error.put("decline_code", "generic_decline");
        }
        error.put("type", type);
        return body;
    }
}
