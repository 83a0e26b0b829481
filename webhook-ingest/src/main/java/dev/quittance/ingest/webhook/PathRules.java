package dev.quittance.ingest.webhook;

import java.util.Locale;
import java.util.Set;

/**
 * What a path may look like. What is authorised by a resource's annotation and routed by another reading of the path must not be
 * two things: whatever could be read in two ways is refused.
 */
final class PathRules {
    static final int TARGET_CHARS_MAX = 8_000;

    /** Encoded {@code . / ; \} NUL and percent: no honest client encodes these in our paths. */
    private static final Set<String> REFUSED_OCTETS = Set.of("2e", "2f", "3b", "5c", "00", "25");

    private PathRules() {}

    /** @param target of the request line, its query included */
    static boolean isPlain(String target) {
        if (target.length() > TARGET_CHARS_MAX || !target.startsWith("/")) {
            return false;
        }
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return !path.contains("//")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ';' && c != '\\' && c != '#')
                && hasPlainOctets(path)
                && !(path + "/").contains("/./")
                && !(path + "/").contains("/../");
    }

    private static boolean hasPlainOctets(String path) {
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1)) {
            String octet =
                    path.substring(at + 1, Math.min(at + 3, path.length())).toLowerCase(Locale.ROOT);
            if (!octet.matches("[0-9a-f]{2}") || REFUSED_OCTETS.contains(octet)) {
                return false;
            }
        }
        return true;
    }
}
