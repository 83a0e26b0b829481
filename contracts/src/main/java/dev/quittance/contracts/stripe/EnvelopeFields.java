package dev.quittance.contracts.stripe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was found so far, whatever order the fields come in. Each read method leaves the parser at its value's last token. */
final class EnvelopeFields {
    private static final String THIN_EVENT = "v2.core.event";
    private static final String EVENT = "event";
    private static final Pattern EVENT_ID = Pattern.compile("evt_[A-Za-z0-9_]+");
    private static final Pattern EVENT_TYPE = Pattern.compile("[A-Za-z0-9_.]+");
    /** A name that fits a header, a log line and a column. */
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]*[\\x21-\\x7e])?");

    private static final long CREATED_MAX = 253_402_300_799L;

    private @Nullable String id;
    private @Nullable String type;
    private @Nullable String kind;
    private boolean kindGiven;
    private @Nullable String apiVersion;
    private @Nullable Long created;
    private @Nullable Boolean livemode;
    private @Nullable String account;
    private @Nullable String legacyAccount;
    private boolean accountMalformed;

    private @Nullable String objectKind;
    private @Nullable String objectId;
    private @Nullable String customerId;
    private @Nullable String paymentIntentId;
    private @Nullable String subscriptionId;
    private @Nullable String parentSubscriptionId;

    void readEventField(String name, JsonParser json) throws IOException {
        switch (name) {
            case "id" -> id = nameAt(json);
            case "type" -> type = nameAt(json);
            case "object" -> {
                kindGiven = json.currentToken() != JsonToken.VALUE_NULL;
                kind = nameAt(json);
            }
            case "api_version" -> apiVersion = nameAt(json);
            case "created" -> created = epochSecondsAt(json);
            case "livemode" -> livemode = booleanAt(json);
            case "account" -> account = accountAt(json);
            // How a connected account was named before 2017.
            case "user_id" -> legacyAccount = accountAt(json);
            case "data" -> readData(json);
            default -> json.skipChildren();
        }
    }

    EnvelopeVerdict verdict() {
        boolean thin = THIN_EVENT.equals(kind);
        if (!thin && kindGiven && !EVENT.equals(kind)) {
            return new EnvelopeVerdict.Unreadable(UnreadableReason.NOT_AN_EVENT);
        }
        if (id == null || !EVENT_ID.matcher(id).matches()) {
            return new EnvelopeVerdict.Unreadable(UnreadableReason.NO_EVENT_ID);
        }
        if (type == null || !EVENT_TYPE.matcher(type).matches()) {
            return new EnvelopeVerdict.Unreadable(UnreadableReason.NO_EVENT_TYPE);
        }
        if (thin) {
            return new EnvelopeVerdict.Thin(id, type);
        }
        if (accountMalformed) {
            return new EnvelopeVerdict.Unreadable(UnreadableReason.MALFORMED_ACCOUNT);
        }
        return new EnvelopeVerdict.Readable(new StripeEnvelope(
                id,
                type,
                apiVersion,
                created,
                livemode,
                Objects.requireNonNullElse(firstOf(account, legacyAccount), ""),
                objectKind,
                objectId,
                customerId,
                paymentIntentId,
                firstOf(subscriptionId, parentSubscriptionId)));
    }

    private void readData(JsonParser json) throws IOException {
        if (!isObject(json)) {
            return;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("object") && json.currentToken() == JsonToken.START_OBJECT) {
                readObject(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readObject(JsonParser json) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "object" -> objectKind = nameAt(json);
                case "id" -> objectId = nameAt(json);
                case "customer" -> customerId = referenceAt(json);
                case "payment_intent" -> paymentIntentId = referenceAt(json);
                case "subscription" -> subscriptionId = referenceAt(json);
                case "parent" -> readParent(json);
                default -> json.skipChildren();
            }
        }
    }

    /** Since 2025-03-31.basil an invoice names its subscription here only. */
    private void readParent(JsonParser json) throws IOException {
        if (!isObject(json)) {
            return;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("subscription_details") && json.currentToken() == JsonToken.START_OBJECT) {
                readSubscriptionDetails(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readSubscriptionDetails(JsonParser json) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("subscription")) {
                parentSubscriptionId = referenceAt(json);
            } else {
                json.skipChildren();
            }
        }
    }

    /** An id, or the id of the object that was expanded in its place. */
    private static @Nullable String referenceAt(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return nameAt(json);
        }
        String found = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("id")) {
                found = nameAt(json);
            } else {
                json.skipChildren();
            }
        }
        return found;
    }

    private @Nullable String accountAt(JsonParser json) throws IOException {
        boolean given = json.currentToken() != JsonToken.VALUE_NULL;
        String name = nameAt(json);
        accountMalformed |= given && name == null;
        return name;
    }

    private static @Nullable String nameAt(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return null;
        }
        String text = json.getText();
        return text.length() <= StripeEnvelope.NAME_CHARS_MAX
                        && NAME.matcher(text).matches()
                ? text
                : null;
    }

    private static @Nullable Boolean booleanAt(JsonParser json) throws IOException {
        json.skipChildren();
        return switch (json.currentToken()) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private static @Nullable Long epochSecondsAt(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            json.skipChildren();
            return null;
        }
        boolean fits = switch (json.getNumberType()) {
            case INT, LONG -> true;
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> false;
        };
        if (!fits) {
            return null;
        }
        long seconds = json.getLongValue();
        return seconds >= 0 && seconds <= CREATED_MAX ? seconds : null;
    }

    private static boolean isObject(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        json.skipChildren();
        return false;
    }

    private static @Nullable String firstOf(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }
}
