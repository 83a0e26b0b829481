package dev.quittance.voucher.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of vouchers of one origin and one term; of months and days that are both nothing, of all other terms.
 *
 * @param validDays how long they may be redeemed; null for ever
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Template(
        String origin,
        int months,
        int days,
        Delivery delivery,
        @Nullable Integer validDays) {
    /** How a voucher reaches its buyer. */
    public enum Delivery {
        /** As a code, shown once. */
        @JsonProperty("hand-out")
        HAND_OUT("hand-out"),
        /** As time on the buyer's account, at once. */
        @JsonProperty("redeem")
        REDEEM("redeem");

        private final String text;

        Delivery(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        static Delivery of(String text) {
            return text.equals(REDEEM.text) ? REDEEM : HAND_OUT;
        }
    }
}
