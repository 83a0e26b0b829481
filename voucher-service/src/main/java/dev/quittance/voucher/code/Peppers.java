package dev.quittance.voucher.code;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The peppers of this installation: new codes go under the first, codes under any of them are found. To rotate, put a new one
 * in front and leave the old ones until their last voucher is used.
 */
public final class Peppers {
    static final int SECRET_BYTES_MIN = 32;
    static final int PEPPERS_MAX = 8;

    /** Fewer different bytes than this in 32 is a pattern somebody typed; even hex text has 16. */
    private static final int DISTINCT_BYTES_MIN = 10;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,32}");
    private static final Pattern SEPARATOR = Pattern.compile(",");
    private static final List<String> PLACEHOLDERS = List.of(
            "changeme", "change-me", "change_me", "placeholder", "example", "replaceme", "replace-me", "replace_me");

    private final List<Pepper> peppers;

    private Peppers(List<Pepper> peppers) {
        this.peppers = List.copyOf(peppers);
    }

    /**
     * @param text {@code id:base64} or {@code base64}, comma separated
     * @throws UnusablePepper when any of them is blank, short, a placeholder, or named like another
     */
    public static Peppers parse(String text) {
        if (text.isBlank()) {
            throw new UnusablePepper("is not set: give it at least 32 random bytes as base64");
        }
        List<Pepper> peppers = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String entry : SEPARATOR.split(text, -1)) {
            Pepper pepper = pepper(entry.strip());
            if (!ids.add(pepper.id())) {
                throw new UnusablePepper("names two peppers alike");
            }
            peppers.add(pepper);
        }
        if (peppers.size() > PEPPERS_MAX) {
            throw new UnusablePepper("has more than " + PEPPERS_MAX + " entries");
        }
        return new Peppers(peppers);
    }

    Pepper current() {
        return peppers.getFirst();
    }

    List<Pepper> all() {
        return peppers;
    }

    Optional<Pepper> named(String id) {
        return peppers.stream().filter(pepper -> pepper.id().equals(id)).findFirst();
    }

    private static Pepper pepper(String entry) {
        int colon = entry.indexOf(':');
        String id = entry.substring(0, Math.max(colon, 0));
        if (colon >= 0 && !ID.matcher(id).matches()) {
            throw new UnusablePepper("has an entry whose name is not 1 to 32 letters, digits, dots, dashes");
        }
        byte[] secret = secret(entry.substring(colon + 1));
        return colon < 0 ? Pepper.unnamed(secret) : Pepper.of(id, secret);
    }

    private static byte[] secret(String base64) {
        if (base64.isEmpty()) {
            throw new UnusablePepper("has a blank entry");
        }
        if (isPlaceholder(base64)) {
            throw new UnusablePepper("is a placeholder: give it at least 32 random bytes as base64");
        }
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw new UnusablePepper("is not base64");
        }
        if (secret.length < SECRET_BYTES_MIN) {
            throw new UnusablePepper("is shorter than " + SECRET_BYTES_MIN + " bytes");
        }
        if (isPlaceholder(new String(secret, StandardCharsets.ISO_8859_1)) || distinct(secret) < DISTINCT_BYTES_MIN) {
            throw new UnusablePepper("is a placeholder: give it at least 32 random bytes as base64");
        }
        return secret;
    }

    private static boolean isPlaceholder(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return PLACEHOLDERS.stream().anyMatch(lower::contains);
    }

    private static int distinct(byte[] secret) {
        Set<Byte> distinct = new HashSet<>();
        for (byte b : secret) {
            distinct.add(b);
        }
        return distinct.size();
    }
}
