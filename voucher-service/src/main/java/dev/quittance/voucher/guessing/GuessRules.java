package dev.quittance.voucher.guessing;

import java.time.Duration;
import java.util.Optional;

/** When it is too much. */
final class GuessRules {
    private static final int PERCENT = 100;
    private static final int IPV6_NETWORK_GROUPS = 4;

    private GuessRules() {}

    enum Bucket {
        ACCOUNT,
        ADDRESS
    }

    record Limits(int perAccount, int perAddress, int globalAttempts, int globalFailuresPercent, int tightening) {}

    record Refusal(Bucket bucket, Duration retryAfter) {}

    /** Whether so many of all attempts fail that somebody must be guessing, from many accounts and addresses. */
    static boolean isTight(Counts counts, Limits limits) {
        return counts.all().attempts() >= limits.globalAttempts()
                && counts.failures() * PERCENT > counts.all().attempts() * limits.globalFailuresPercent();
    }

    static Optional<Refusal> refusal(Counts counts, Limits limits) {
        int divisor = isTight(counts, limits) ? Math.max(1, limits.tightening()) : 1;
        if (counts.account().attempts() > Math.max(1, limits.perAccount() / divisor)) {
            return Optional.of(new Refusal(Bucket.ACCOUNT, counts.account().left()));
        }
        if (counts.address().attempts() > Math.max(1, limits.perAddress() / divisor)) {
            return Optional.of(new Refusal(Bucket.ADDRESS, counts.address().left()));
        }
        return Optional.empty();
    }

    /** What counts as one address: of IPv6 the network, since a household has 2^64 of them. */
    static String network(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        if (!plain.contains(":") || plain.contains(".")) {
            return plain.substring(plain.lastIndexOf(':') + 1);
        }
        int gap = plain.indexOf("::");
        String[] head = (gap < 0 ? plain : plain.substring(0, gap)).split(":", -1);
        StringBuilder network = new StringBuilder();
        for (int group = 0; group < IPV6_NETWORK_GROUPS; group++) {
            String text = group < head.length && !head[group].isEmpty() ? head[group] : "0";
            network.append(text.replaceFirst("^0+(?!$)", "")).append(':');
        }
        return network.toString();
    }
}
