package dev.quittance.voucher.problem;

/** Every refusal of this service: the token that callers may rely on, its HTTP status, and a title for people. */
public enum ErrorCode {
    ACCOUNT_CLOSED(409, "The account takes no vouchers"),
    ACCOUNT_NOT_FOUND(404, "There is no such account"),
    ALREADY_REDEEMED(409, "The voucher is used up"),
    ALREADY_REVEALED(409, "The code was handed out before and is not kept"),
    BATCH_DOWNLOADED(409, "The codes were downloaded before and are not kept"),
    BATCH_NAME_TAKEN(409, "There is a batch of that name"),
    BATCH_NOT_FOUND(404, "There is no such batch"),
    BATCH_NOT_READY(409, "The batch is not in a state for that"),
    BODY_TOO_LARGE(400, "The request is too large"),
    FORBIDDEN(403, "This is not for you"),
    IDEMPOTENCY_KEY_INVALID(400, "The Idempotency-Key is not 1 to 255 visible characters"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request"),
    INTERNAL(500, "Something went wrong here"),
    MAIL_NOT_CONFIGURED(409, "Codes are not mailed here"),
    REQUEST_INVALID(400, "The request is not what it should be"),
    REQUEST_NOT_ACCEPTED(400, "The request cannot be taken"),
    TOO_MANY_ATTEMPTS(429, "Too many attempts"),
    UNAUTHENTICATED(401, "A valid token is needed"),
    UNAVAILABLE(503, "Not possible right now"),
    VOUCHER_FROZEN(409, "The voucher is frozen while its payment is in doubt"),
    VOUCHER_NOT_FOUND(404, "There is no such voucher");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
