package dev.quittance.provisioning.mismatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** What is mailed. Only its digest is kept, so that nobody who reads the database can claim anything. */
record ClaimToken(String text) {
    private static final int BYTES = 32;
    static final int LENGTH = 43;
    static final String PATTERN = "^[A-Za-z0-9_-]{43}$";
    private static final Pattern FORM = Pattern.compile(PATTERN);

    ClaimToken {
        if (!isForm(text)) {
            throw new IllegalArgumentException("not a claim token");
        }
    }

    /**
     * @param random a cryptographically strong one
     */
    static ClaimToken draw(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ClaimToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static boolean isForm(String text) {
        return FORM.matcher(text).matches();
    }

    byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Never in a log. */
    @Override
    public String toString() {
        return "ClaimToken";
    }
}
