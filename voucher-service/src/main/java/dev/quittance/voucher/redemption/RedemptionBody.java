package dev.quittance.voucher.redemption;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quittance.voucher.problem.ErrorCode;
import java.io.IOException;
import java.util.Optional;

/** What a redemption request may say, read without trusting any of it. */
sealed interface RedemptionBody {
    int BYTES_MAX = 4_096;

    /** Read; whether the code is one is not yet asked. */
    record Read(String code, Optional<String> accountNumber) implements RedemptionBody {}

    /** Not a request. */
    record Invalid(ErrorCode code, String detail) implements RedemptionBody {}

    static RedemptionBody read(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return new Invalid(ErrorCode.BODY_TOO_LARGE, "at most " + BYTES_MAX + " bytes");
        }
        JsonNode json;
        try {
            json = Parser.READER.readTree(bytes);
        } catch (IOException _) {
            return new Invalid(ErrorCode.REQUEST_INVALID, "the body is not JSON");
        }
        if (!json.isObject()) {
            return new Invalid(ErrorCode.REQUEST_INVALID, "the body is not a JSON object");
        }
        JsonNode code = json.path("code");
        if (!code.isTextual()) {
            return new Invalid(ErrorCode.REQUEST_INVALID, "code is missing or not a text");
        }
        JsonNode account = json.path("accountNumber");
        if (account.isTextual()) {
            return new Read(code.textValue(), Optional.of(account.textValue()));
        }
        return account.isMissingNode() || account.isNull()
                ? new Read(code.textValue(), Optional.empty())
                : new Invalid(ErrorCode.REQUEST_INVALID, "accountNumber is not a text");
    }

    /** Strict: two answers to what the code is are none. */
    final class Parser {
        private static final ObjectReader READER = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .build()
                .reader();

        private Parser() {}
    }
}
