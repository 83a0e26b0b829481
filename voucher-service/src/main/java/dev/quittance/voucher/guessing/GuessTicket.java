package dev.quittance.voucher.guessing;

/** Where an attempt was counted. The names are digests: neither user nor address is in them. */
public record GuessTicket(String account, String address) {}
