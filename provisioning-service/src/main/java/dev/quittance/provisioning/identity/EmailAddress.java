package dev.quittance.provisioning.identity;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One spelling for an e-mail address, so that the same mailbox typed twice is one user. */
public final class EmailAddress {
    /** What auth.users has room for. */
    private static final int LENGTH_MAX = 255;

    private EmailAddress() {}

    /** The address as we keep and compare it; null when the text is no address. */
    public static @Nullable String normalise(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        String address = keyOf(Normalizer.normalize(typed, Normalizer.Form.NFKC));
        int at = address.lastIndexOf('@');
        boolean isAddress = at > 0
                && at < address.length() - 1
                && address.length() <= LENGTH_MAX
                && address.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
        return isAddress ? address : null;
    }

    /**
     * What a stored address is found by. Deliberately without compatibility forms: an address that only looks like another
     * one, in full-width letters for example, must not answer for it.
     */
    static String keyOf(String stored) {
        return stored.strip().toLowerCase(Locale.ROOT);
    }
}
