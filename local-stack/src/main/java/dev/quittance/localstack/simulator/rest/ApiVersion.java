package dev.quittance.localstack.simulator.rest;

/** The versions of Stripe's API in whose shapes the simulator can speak. */
public enum ApiVersion {
    NEWEST("2026-07-29.dahlia");

    private final String text;

    ApiVersion(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
