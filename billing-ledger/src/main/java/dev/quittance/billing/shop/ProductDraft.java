package dev.quittance.billing.shop;

import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.problem.Problem;
import dev.quittance.contracts.money.CurrencyCode;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product as an operator describes it, whole. */
record ProductDraft(
        String name,
        String description,
        String type,
        @Nullable Long priceMinor,
        @Nullable String currency,
        @Nullable Long pricePoints,
        @Nullable String imageUrl,
        @Nullable String contentUrl,
        int maxPerOrder,
        boolean stocked,
        String soldOutPolicy,
        boolean restockOnRefund,
        @Nullable String stripeProductId,
        @Nullable String stripePriceId,
        boolean active) {
    static final String CURRENCY = "^[A-Z]{3}$";
    static final long PRICE_MAX = 99_999_999;
    static final long POINTS_MAX = 1_000_000_000;
    static final int NAME_MAX = 200;
    static final int TEXT_MAX = 4_000;
    static final int URL_MAX = 2_000;
    static final int ORDER_MAX = 1_000;
    private static final int ORDER_DEFAULT = 10;

    static ProductDraft read(byte @Nullable [] bytes) {
        JsonBody body = JsonBody.read(bytes);
        @Nullable String description = body.textOrNull("description", TEXT_MAX);
        @Nullable Long most = body.wholeOrNull("maxPerOrder", 1, ORDER_MAX);
        ProductDraft draft = new ProductDraft(
                body.text("name", NAME_MAX),
                description == null ? "" : description,
                body.word("type", List.of("digital", "physical")),
                body.wholeOrNull("priceMinor", 1, PRICE_MAX),
                currency(body),
                body.wholeOrNull("pricePoints", 1, POINTS_MAX),
                url(body, "imageUrl"),
                url(body, "contentUrl"),
                most == null ? ORDER_DEFAULT : most.intValue(),
                body.flag("stocked", false),
                body.has("soldOutPolicy") ? body.word("soldOutPolicy", List.of("refund", "back_order")) : "refund",
                body.flag("restockOnRefund", false),
                body.textOrNull("stripeProductId", NAME_MAX),
                body.textOrNull("stripePriceId", NAME_MAX),
                body.flag("active", true));
        return draft.checked();
    }

    private ProductDraft checked() {
        if (priceMinor == null && pricePoints == null) {
            throw Problem.BAD_REQUEST.exception("priceMinor or pricePoints is needed");
        }
        if ((priceMinor == null) != (currency == null)) {
            throw Problem.BAD_REQUEST.exception("priceMinor and currency come together");
        }
        if (type.equals("digital") && contentUrl == null) {
            throw Problem.BAD_REQUEST.exception("a digital product needs a contentUrl");
        }
        return this;
    }

    static @Nullable String currency(JsonBody body) {
        @Nullable String currency = body.textOrNull("currency", 3);
        if (currency != null && !CurrencyCode.isKnown(currency)) {
            throw Problem.BAD_REQUEST.exception("currency is to be three capital letters");
        }
        return currency;
    }

    private static @Nullable String url(JsonBody body, String name) {
        @Nullable String text = body.textOrNull(name, URL_MAX);
        if (text == null) {
            return null;
        }
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return text;
            }
        } catch (IllegalArgumentException _) {
            // Answered below.
        }
        throw Problem.BAD_REQUEST.exception(name + " is to be an http or https address");
    }
}
