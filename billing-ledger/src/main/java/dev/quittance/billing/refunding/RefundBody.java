package dev.quittance.billing.refunding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quittance.billing.problem.Problem;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request for a refund may say, read without trusting any of it. */
final class RefundBody {
    static final int ID_MAX = 255;
    static final String STRIPE_ID = "^[A-Za-z0-9_]{1,255}$";
    private static final Pattern ID = Pattern.compile(STRIPE_ID);
    private static final List<String> REASONS = List.of("duplicate", "fraudulent", "requested_by_customer");
    static final long AMOUNT_MAX = 99_999_999_999L;
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    private RefundBody() {}

    static RefundRequest read(String idempotencyKey, byte @Nullable [] bytes) {
        JsonNode json = json(bytes);
        String charge = id(json, "charge");
        String intent = id(json, "paymentIntent");
        String account = id(json, "stripeAccount");
        if ((charge == null) == (intent == null)) {
            throw Problem.BAD_REQUEST.exception("either charge or paymentIntent is to be given");
        }
        return new RefundRequest(
                idempotencyKey, account == null ? "" : account, charge, intent, amount(json), reason(json));
    }

    private static @Nullable Long amount(JsonNode json) {
        JsonNode amount = json.path("amountMinor");
        if (amount.isMissingNode() || amount.isNull()) {
            return null;
        }
        if (!amount.isIntegralNumber()
                || !amount.canConvertToLong()
                || amount.longValue() < 1
                || amount.longValue() > AMOUNT_MAX) {
            throw Problem.BAD_REQUEST.exception("amountMinor is to be a whole number from 1 to " + AMOUNT_MAX);
        }
        return amount.longValue();
    }

    private static @Nullable String reason(JsonNode json) {
        JsonNode reason = json.path("reason");
        if (reason.isMissingNode() || reason.isNull()) {
            return null;
        }
        if (!reason.isTextual() || !REASONS.contains(reason.textValue())) {
            throw Problem.BAD_REQUEST.exception("reason is to be one of " + String.join(", ", REASONS));
        }
        return reason.textValue();
    }

    private static @Nullable String id(JsonNode json, String name) {
        JsonNode id = json.path(name);
        if (id.isMissingNode() || id.isNull()) {
            return null;
        }
        if (!id.isTextual() || !ID.matcher(id.textValue()).matches()) {
            throw Problem.BAD_REQUEST.exception(name + " is not an id of Stripe's");
        }
        return id.textValue();
    }

    private static JsonNode json(byte @Nullable [] bytes) {
        try {
            JsonNode json = READER.readTree(bytes == null ? new byte[0] : bytes);
            if (json.isObject()) {
                return json;
            }
        } catch (IOException _) {
            // The parser's message would quote the body.
        }
        throw Problem.BAD_REQUEST.exception("the body is not a JSON object");
    }
}
