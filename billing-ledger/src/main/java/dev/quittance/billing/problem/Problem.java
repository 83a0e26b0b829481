package dev.quittance.billing.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every error that this service answers with; its name is the stable {@code code}. */
public enum Problem {
    UNAUTHENTICATED(401, "A valid bearer token is needed."),
    FORBIDDEN(403, "The token's role may not do this."),
    SUBJECT_NOT_A_USER(403, "The token's subject is not a user."),
    NOT_FOUND(404, "There is nothing here."),
    METHOD_NOT_ALLOWED(405, "This is not done with this method."),
    IDEMPOTENCY_KEY_MISSING(400, "This moves value: an Idempotency-Key header is needed."),
    IDEMPOTENCY_KEY_INVALID(400, "An Idempotency-Key has 1 to 255 visible ASCII characters."),
    IDEMPOTENCY_KEY_REUSED(422, "This Idempotency-Key was used for another request."),
    INSUFFICIENT_BALANCE(402, "The balance is less than what is to be spent."),
    REFUND_REFUSED(409, "Stripe refuses this refund."),
    RECONCILIATION_RUNNING(409, "This payout is being reconciled now."),
    CART_EMPTY(409, "There is nothing to buy."),
    PRODUCT_UNKNOWN(404, "There is no such product for sale."),
    NOT_SOLD_THIS_WAY(409, "This is not sold for this kind of payment."),
    CURRENCY_MIXED(409, "One order is paid in one currency."),
    QUANTITY_TOO_LARGE(422, "One order takes less of this."),
    PRICE_MISMATCH(409, "The price is another one now."),
    OUT_OF_STOCK(409, "There is less of this than was asked for."),
    STOCK_TOO_LOW(409, "There is less in stock than is to be taken out."),
    ORDER_STATE(409, "The order's state does not allow this."),
    LINK_EXPIRED(410, "This link has expired, or was used as often as it may be."),
    STRIPE_REFUSED(502, "Stripe refuses this checkout."),
    STRIPE_UNAVAILABLE(503, "Stripe does not answer; try again with the same key."),
    STRIPE_NOT_CONFIGURED(503, "No key of Stripe's is configured."),
    LENGTH_REQUIRED(411, "The body must say its length."),
    BODY_TOO_LARGE(413, "The body is too large."),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is to be application/json."),
    BAD_REQUEST(400, "The request is not understood."),
    UNAVAILABLE(503, "Try again in a moment."),
    INTERNAL(500, "Something went wrong on our side.");

    private final int status;
    private final String detail;

    Problem(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** The body, as RFC 9457 has it. */
    public record Body(
            String type,
            String title,
            int status,
            String detail,
            String code,
            @JsonAnyGetter Map<String, Object> members) {
        public Body {
            members = Map.copyOf(members);
        }
    }

    public WebApplicationException exception() {
        return new WebApplicationException(response());
    }

    /** With another detail, for what only the request can say. Never anything that was sent. */
    public WebApplicationException exception(String ownDetail) {
        return new WebApplicationException(response(ownDetail, Map.of()));
    }

    /** With members of its own beside the usual ones. */
    public WebApplicationException exception(Map<String, Object> members) {
        return new WebApplicationException(response(detail, members));
    }

    int status() {
        return status;
    }

    Response response() {
        return response(detail, Map.of());
    }

    private Response response(String text, Map<String, Object> members) {
        return Response.status(status)
                .type("application/problem+json")
                .entity(new Body("about:blank", title(), status, text, name(), members))
                .build();
    }

    private String title() {
        Response.@Nullable Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Unprocessable Content" : known.getReasonPhrase();
    }

    static Problem of(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            default -> status < 500 ? BAD_REQUEST : INTERNAL;
        };
    }
}
