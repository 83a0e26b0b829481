package dev.quittance.billing.spending;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quittance.billing.problem.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a request to spend may say, read without trusting any of it. */
record SpendBody(long amount, @Nullable String description) {
    /** Strict: two answers to how much is none, and half a point is no point. */
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    static SpendBody read(byte @Nullable [] bytes) {
        JsonNode json = json(bytes);
        JsonNode amount = json.path("amount");
        if (!amount.isIntegralNumber() || !amount.canConvertToLong()) {
            throw Problem.BAD_REQUEST.exception("amount is missing or not a whole number");
        }
        if (amount.longValue() < 1 || amount.longValue() > Spend.AMOUNT_MAX) {
            throw Problem.BAD_REQUEST.exception("amount is to be from 1 to " + Spend.AMOUNT_MAX);
        }
        JsonNode description = json.path("description");
        if (description.isMissingNode() || description.isNull()) {
            return new SpendBody(amount.longValue(), null);
        }
        String text = description.isTextual() ? description.textValue() : "";
        // Postgres keeps no zero character.
        if (text.isEmpty() || text.length() > Spend.DESCRIPTION_MAX || text.indexOf('\0') >= 0) {
            throw Problem.BAD_REQUEST.exception(
                    "description is to be a text of 1 to " + Spend.DESCRIPTION_MAX + " characters");
        }
        return new SpendBody(amount.longValue(), text);
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
