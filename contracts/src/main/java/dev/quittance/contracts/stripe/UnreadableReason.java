package dev.quittance.contracts.stripe;

/** Why a body is not an event. The codes are stable: they reach answers, metrics and alerts. */
public enum UnreadableReason {
    EMPTY_BODY("empty_body"),
    NOT_UTF8("not_utf8"),
    /** A syntax error, or a name twice in one object: readers would disagree on which counts. */
    MALFORMED_JSON("malformed_json"),
    TRAILING_DATA("trailing_data"),
    /** Nested too deep, or a number or a name too long. */
    JSON_LIMIT_EXCEEDED("json_limit_exceeded"),
    NOT_AN_OBJECT("not_an_object"),
    /** Its {@code object} says that it is something else. */
    NOT_AN_EVENT("not_an_event"),
    NO_EVENT_ID("no_event_id"),
    NO_EVENT_TYPE("no_event_type"),
    /** An account is named but not readable; to take it for the platform's own would mix two parties' money. */
    MALFORMED_ACCOUNT("malformed_account");

    private final String code;

    UnreadableReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
