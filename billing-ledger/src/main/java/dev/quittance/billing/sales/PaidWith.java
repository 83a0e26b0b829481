package dev.quittance.billing.sales;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a payment was made with: the families in which Stripe lists its payment methods. Its new ones are other until they are listed. */
enum PaidWith {
    CARD,
    WALLET,
    BANK_DEBIT,
    BANK_REDIRECT,
    BANK_TRANSFER,
    LATER,
    PAY_SLIP,
    REAL_TIME,
    OTHER;

    /** @param type Stripe's name of the method, or of the wallet that a card is kept in */
    static PaidWith of(@Nullable String type) {
        return switch (type == null ? "" : type) {
            case "card", "card_present", "interac_present" -> CARD;
            case "alipay",
                    "amazon_pay",
                    "amex_express_checkout",
                    "apple_pay",
                    "cashapp",
                    "google_pay",
                    "grabpay",
                    "kakao_pay",
                    "link",
                    "masterpass",
                    "meta_pay",
                    "mobilepay",
                    "naver_pay",
                    "paypal",
                    "revolut_pay",
                    "samsung_pay",
                    "visa_checkout",
                    "wechat",
                    "wechat_pay" -> WALLET;
            case "acss_debit", "au_becs_debit", "bacs_debit", "nz_bank_account", "sepa_debit", "us_bank_account" ->
                BANK_DEBIT;
            case "bancontact", "blik", "eps", "fpx", "giropay", "ideal", "p24", "sofort", "twint" -> BANK_REDIRECT;
            case "ach_credit_transfer", "customer_balance" -> BANK_TRANSFER;
            case "affirm", "afterpay_clearpay", "alma", "billie", "klarna", "zip" -> LATER;
            case "boleto", "konbini", "multibanco", "oxxo" -> PAY_SLIP;
            case "paynow", "payto", "pix", "promptpay", "swish" -> REAL_TIME;
            default -> OTHER;
        };
    }

    /** As the metric says it. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
