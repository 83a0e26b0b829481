package dev.quittance.ingest.config;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The signing secrets, checked. With a guessable secret anybody signs, so nothing starts with one: each must be
 * {@code whsec_} and at least {@value #KEY_BYTES_MIN} printable bytes (Stripe's own are 32 and more), must not look like a
 * placeholder and must not be made of a few characters repeated.
 */
public final class WebhookSecrets {
    static final int KEY_BYTES_MIN = 24;
    static final int SECRETS_MAX = 8;
    static final int SECRET_CHARS_MAX = 255;
    static final int DISTINCT_CHARS_MIN = 8;

    private static final String PREFIX = "whsec_";
    private static final List<String> PLACEHOLDERS = List.of(
            "changeme", "change_me", "change-me", "placeholder", "replace", "example", "your_", "your-", "xxxxxx");

    private final List<byte[]> keys;

    private WebhookSecrets(List<byte[]> keys) {
        this.keys = keys;
    }

    /**
     * @throws UnusableSecretException when there is none, or one that must not be used; the message never quotes it
     */
    public static WebhookSecrets parse(String commaSeparated) {
        if (commaSeparated.isBlank()) {
            throw new UnusableSecretException("it is empty");
        }
        String[] parts = commaSeparated.split(",", -1);
        if (parts.length > SECRETS_MAX) {
            throw new UnusableSecretException("it names more than " + SECRETS_MAX + " secrets");
        }
        List<byte[]> keys = new ArrayList<>(parts.length);
        for (String part : parts) {
            keys.add(key(part.strip(), "secret " + (keys.size() + 1) + " of " + parts.length));
        }
        return new WebhookSecrets(List.copyOf(keys));
    }

    /** In the order given; Stripe's key is the whole text, prefix included. */
    public Stream<byte[]> keys() {
        return keys.stream().map(byte[]::clone);
    }

    private static byte[] key(String secret, String which) {
        if (secret.isEmpty()) {
            throw new UnusableSecretException(which + " is blank");
        }
        if (!secret.startsWith(PREFIX)) {
            throw new UnusableSecretException(which + " does not start with " + PREFIX);
        }
        if (secret.length() > SECRET_CHARS_MAX || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new UnusableSecretException(
                    which + " is longer than " + SECRET_CHARS_MAX + " or not printable ASCII throughout");
        }
        String key = secret.substring(PREFIX.length());
        if (key.length() < KEY_BYTES_MIN) {
            throw new UnusableSecretException(which + " is shorter than " + KEY_BYTES_MIN + " bytes after " + PREFIX);
        }
        String folded = key.toLowerCase(Locale.ROOT);
        boolean isPlaceholder = PLACEHOLDERS.stream().anyMatch(folded::contains);
        if (isPlaceholder || key.chars().distinct().count() < DISTINCT_CHARS_MIN) {
            throw new UnusableSecretException(which + " looks like a placeholder");
        }
        return secret.getBytes(StandardCharsets.US_ASCII);
    }

    /** Says what is wrong with the setting, and by what name to mend it. */
    public static final class UnusableSecretException extends ConfigurationException {
        private static final long serialVersionUID = 1L;

        UnusableSecretException(String fault) {
            super("Refusing to start: QUITTANCE_STRIPE_WEBHOOK_SECRETS cannot be used, " + fault
                    + ". Set it to the signing secret of the Stripe webhook endpoint.");
        }
    }
}
