package dev.quittance.localstack.gateway;

import java.util.Locale;
import java.util.Set;

/**
 * What a path may look like. A service that decodes, normalises or cuts parameters off may see another path than the one that was
 * routed and authorised; so whatever could be read in two ways is refused.
 */
final class PathRules {
    static final int TARGET_MAX = 8_000;

    /** Encoded {@code . / ; \} and NUL: no honest client encodes these in our paths. */
    private static final Set<String> REFUSED_OCTETS = Set.of("2e", "2f", "3b", "5c", "00", "25");

    private PathRules() {}

    static boolean isPlain(String target) {
        if (target.length() > TARGET_MAX || !target.startsWith("/")) {
            return false;
        }
        String path = pathOf(target);
        return !path.contains("//")
                && path.chars().allMatch(PathRules::isPlainCharacter)
                && hasPlainOctets(path)
                && hasNoDotSegment(path);
    }

    /** The target without its query. */
    static String pathOf(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static boolean isPlainCharacter(int c) {
        return c > ' ' && c < 0x7f && c != ';' && c != '\\' && c != '#';
    }

    private static boolean hasPlainOctets(String path) {
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1)) {
            if (at + 3 > path.length()) {
                return false;
            }
            String octet = path.substring(at + 1, at + 3).toLowerCase(Locale.ROOT);
            if (!octet.matches("[0-9a-f]{2}") || REFUSED_OCTETS.contains(octet)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNoDotSegment(String path) {
        return !(path + "/").contains("/./") && !(path + "/").contains("/../");
    }
}
