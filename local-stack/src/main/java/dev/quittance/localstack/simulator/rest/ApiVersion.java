package dev.quittance.localstack.simulator.rest;

import java.util.regex.Pattern;

/** A version of Stripe's API, by its date; what it looks like depends only on which changes came before it. */
public record ApiVersion(String text) {
    public static final ApiVersion NEWEST = new ApiVersion("2026-07-29.dahlia");

    private static final Pattern FORM = Pattern.compile("20[0-9]{2}-[01][0-9]-[0-3][0-9](\\.[a-z]{1,20})?");
    private static final String LATEST_CHARGE = "2022-11-15";
    private static final String BASIL = "2025-03-31";
    private static final String CLOVER = "2025-09-30";
    private static final int DATE_LENGTH = 10;

    public static ApiVersion parse(String text) {
        if (!FORM.matcher(text).matches() || date(text).compareTo(date(NEWEST.text())) > 0) {
            throw StripeFailure.refused(null, "Invalid Stripe API version: " + text);
        }
        return new ApiVersion(text);
    }

    /** A payment intent shows its charges, a charge its refunds. */
    public boolean showsCharges() {
        return isBefore(LATEST_CHARGE);
    }

    /** Invoice, payment and subscription name each other directly, and a subscription has one period. */
    public boolean isBeforeBasil() {
        return isBefore(BASIL);
    }

    /** Has none of the fields that came with the newest shapes. */
    public boolean isBeforeClover() {
        return isBefore(CLOVER);
    }

    private boolean isBefore(String date) {
        return date(text).compareTo(date) < 0;
    }

    private static String date(String text) {
        return text.substring(0, DATE_LENGTH);
    }
}
