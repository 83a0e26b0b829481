package dev.quittance.messaging.inbox;

/** An event to apply now, with the fact that the handler read in it. */
public record Delivered<F>(Incoming incoming, F fact) {}
